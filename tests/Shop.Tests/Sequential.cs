using Xunit.Sdk;
using Xunit.v3;

// Activity sources, environment variables and the SDK's default propagator belong to the whole process: two shops at
// once would see each other's spans.
[assembly: Parallelization(Mode = ParallelMode.None)]
