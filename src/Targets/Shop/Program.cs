using Shop.Hosting;

return await ShopProgram.RunAsync(args);
