using NBomber.CSharp;
using ShopLoad;

// Any duration and rate: the configuration of --config takes their place.
var settings = RunSettings.Of(args);
ScenarioRequest? request = null;
using var client = ScenarioRequest.CreateClient();
using var sink = new JsonLinesSink(settings.StatisticsFile, TimeProvider.System);
var scenario = Scenario
    .Create(settings.ScenarioName, async _ => await request!.SendAsync(client))
    .WithInit(context =>
    {
        request = ScenarioRequest.From(context.CustomSettings);
        return Task.CompletedTask;
    })
    .WithoutWarmUp()
    .WithLoadSimulations(Simulation.Inject(rate: 100, interval: TimeSpan.FromSeconds(1), during: TimeSpan.FromSeconds(30)));
NBomberRunner.RegisterScenarios(scenario).WithReportingSinks(sink).Run(args);
