using BenchmarkDotNet.Running;
using RefIke.Bench;

if (args is ["--check"])
{
    return Check.Run();
}

BenchmarkSwitcher.FromAssembly(typeof(Check).Assembly).Run(args);
return 0;
