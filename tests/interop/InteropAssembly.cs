using Xunit.Sdk;
using Xunit.v3;

// Every case makes the same two network namespaces, so one runs at a time.
[assembly: Parallelization(Mode = ParallelMode.None)]
