// The smoke run measures: nothing else of ours may use the processors meanwhile.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
