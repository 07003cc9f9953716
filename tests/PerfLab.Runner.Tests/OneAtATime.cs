// Launch sets measure this very process: another test beside them would be a busy lab.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
