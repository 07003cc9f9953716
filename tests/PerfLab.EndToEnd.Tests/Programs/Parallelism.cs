// Most of these tests wait for processes that start, build or end. Those that measure, or that count what runs on the machine,
// are marked with DisableParallelization: nothing else of ours uses the processors meanwhile.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.All, MaxThreads = 3)]
