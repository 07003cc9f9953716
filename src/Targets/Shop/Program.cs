using Shop;

return await ShopProgram.RunAsync(args);
