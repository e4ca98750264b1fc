using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;
using RefIke.Crypto;

namespace RefIke.Bench;

/// <summary>
/// The two claims on speed, each judged within one run: messages parsed in a second, and a pair against its
/// Diffie-Hellman.
/// </summary>
internal static class Check
{
    private const double MessagesPerSecond = 2_000_000;

    private const double TimesItsDiffieHellman = 3;

    /// <summary>0 where both claims held, 1 where one failed, 3 where there is nothing to compare with.</summary>
    public static int Run()
    {
        if (OpenSslExponentiation.TryLoad() is not { } openSsl)
        {
            Console.WriteLine("The system's OpenSSL library does not load: nothing to compare the handshake with.");
            return 3;
        }

        var parse = BenchmarkRunner.Run<ParseBenchmarks>(Quick());
        var handshake = BenchmarkRunner.Run<HandshakeBenchmarks>(Quick());
        BenchmarkReport[] reports = [.. parse.Reports, .. handshake.Reports];
        if (reports.Length == 0 || reports.Any(r => r.ResultStatistics is null))
        {
            Console.WriteLine("Some benchmarks did not run; without --check they say why. Built with -c Release?");
            return 3;
        }

        Console.WriteLine($"DiffieHellman: {openSsl.Name}");
        Console.WriteLine();
        Console.WriteLine("| measured | µs | a second | allocated, B |");
        Console.WriteLine("|---|---:|---:|---:|");
        foreach (var report in reports)
        {
            var ns = Fastest(report);
            var allocated = report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase);
            Console.WriteLine(Invariant($"| {Name(report)} | {ns / 1000:0.###} | {1e9 / ns:#,0} | {allocated} |"));
        }

        Console.WriteLine();
        var walk = Of(parse, nameof(ParseBenchmarks.Walk));
        var held = Claim(Invariant($"{MessagesPerSecond:#,0} messages of three payloads a second"),
            1e9 / Fastest(walk) >= MessagesPerSecond);
        held &= Claim("without allocation", walk.GcStats.GetBytesAllocatedPerOperation(walk.BenchmarkCase) == 0);
        foreach (var pfs in (bool[])[false, true])
        {
            var alone = Fastest(Of(handshake, nameof(HandshakeBenchmarks.DiffieHellmanAlone), pfs));
            var ratio = Fastest(Of(handshake, nameof(HandshakeBenchmarks.MainModeAndQuickMode), pfs)) / alone;
            var what = pfs ? "Main Mode and Quick Mode with PFS" : "Main Mode and Quick Mode";
            held &= Claim(
                Invariant($"{what} take {ratio:0.00} times their Diffie-Hellman, {TimesItsDiffieHellman} allowed"),
                ratio <= TimesItsDiffieHellman);
        }

        return held ? 0 : 1;
    }

    /// <summary>In this process, many short iterations: some of them find the processor free.</summary>
    private static ManualConfig Quick() => ManualConfig.CreateEmpty()
        .AddLogger(NullLogger.Instance)
        .AddColumnProvider(DefaultColumnProviders.Instance)
        .WithOptions(ConfigOptions.DisableLogFile)
        .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance)
            .WithWarmupCount(30).WithIterationCount(40).WithIterationTime(TimeInterval.FromMilliseconds(40)));

    private static BenchmarkReport Of(Summary summary, string method, bool? pfs = null)
        => summary.Reports.Single(r => r.BenchmarkCase.Descriptor.WorkloadMethod.Name == method
            && (pfs is null || r.BenchmarkCase.Parameters[nameof(HandshakeBenchmarks.Pfs)].Equals(pfs)));

    private static string Name(BenchmarkReport report)
        => $"{report.BenchmarkCase.Descriptor.WorkloadMethod.Name} {report.BenchmarkCase.Parameters.PrintInfo}"
            .TrimEnd();

    /// <summary>
    /// Nanoseconds of one operation in the fastest iteration: what is above it is the work of others on a shared
    /// machine.
    /// </summary>
    private static double Fastest(BenchmarkReport report) => report.ResultStatistics!.Min;

    private static bool Claim(string words, bool held)
    {
        Console.WriteLine($"{(held ? "held  " : "FAILED")}  {words}");
        return held;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
