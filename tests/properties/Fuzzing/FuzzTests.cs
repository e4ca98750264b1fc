using System.Globalization;
using System.Reflection;
using RefIke.Exchanges;
using RefIke.Exchanges.Machines;
using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.Fuzzing;

/// <summary>
/// S-31 and S-07 by fuzzing: 80,000 datagrams with a fixed seed. <c>REFIKE_FUZZ=1000000</c> throws more,
/// <c>REFIKE_FUZZ_SEED</c> others; a failure names the seed, the state and the datagrams. What was seen is left in
/// <c>fuzz-table.md</c> beside the test.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    public const int InCi = 80_000;

    /// <summary>What only a timer or an owner's order makes happen.</summary>
    private static readonly string[] NotByDatagram = ["Initiate", "RetriesSpent", "HalfOpenExpired", "ParentDeleted"];

    /// <summary>What no message of a life with a pre-shared key can be refused for.</summary>
    private static readonly Type[] OfOtherMethods =
        [typeof(Rejection.SignatureRefused), typeof(Rejection.CertificateRefused)];

    /// <summary>
    /// No datagram, random, changed or sealed with the right key, makes a step throw, hang, work without bound or stay
    /// silent, moves anything settled without keys, is answered against S-11 or S-12, or brings a table over its limit.
    /// </summary>
    [Fact]
    [Clause("2409-10-03")]
    public void NoDatagramThrowsHangsOrMovesWhatIsSettled()
    {
        var count = Number("REFIKE_FUZZ", InCi);
        var fuzz = new Fuzz((ulong)Number("REFIKE_FUZZ_SEED", 7));
        var finding = Watched(fuzz, count);
        Tell(fuzz);
        Assert.True(finding is null, $"{finding}");
        if (count >= InCi)
        {
            Assert.Empty(NotReached(fuzz));
        }
    }

    /// <summary>Runs it, and fails where one datagram takes longer than any machine needs.</summary>
    private static Finding? Watched(Fuzz fuzz, long count)
    {
        var run = Task.Run(() => fuzz.Run(count), TestContext.Current.CancellationToken);
        for (var thrown = -1L; !run.Wait(TimeSpan.FromSeconds(60)); thrown = fuzz.Thrown)
        {
            Assert.True(fuzz.Thrown != thrown, $"a step does not return: {fuzz.Current}");
        }

        return run.Result;
    }

    /// <summary>
    /// Kinds of rejection, clauses of the wire format and rows of the tables that no datagram has reached: a fuzzer
    /// that reaches nothing finds nothing. The lives are of Main Mode with a pre-shared key.
    /// </summary>
    private static IEnumerable<string> NotReached(Fuzz fuzz)
    {
        var kinds = typeof(Rejection).GetNestedTypes()
            .Where(t => !OfOtherMethods.Contains(t)).Select(t => $"rejected: {t.Name} ");
        var clauses = typeof(Defect).GetProperties(BindingFlags.Public | BindingFlags.Static)
            .Select(p => $"rejected: {nameof(Rejection.BadSyntax)} {((Defect)p.GetValue(null)!).Clause} ");
        var endpoint = fuzz.Endpoint(Life.All[0].Targets[0].Setup);
        var mainMode = endpoint.Phase1[ExchangeType.MainMode, AuthenticationMethod.PreSharedKey].Method;
        IEnumerable<Transition> rows =
        [
            .. mainMode.Initiator.Transitions, .. mainMode.Responder.Transitions,
            .. endpoint.QuickMode.Initiator.Transitions, .. endpoint.QuickMode.Responder.Transitions,
            .. endpoint.Informational.Receiver.Transitions,
            .. endpoint.Transaction.Initiator.Transitions, .. endpoint.Transaction.Responder.Transitions,
        ];
        var taken = rows.Where(r => r.State != r.Next && !NotByDatagram.Contains(r.Event))
            .Select(r => $"row: {r.Exchange}.{r.Role}.{r.State}.{r.Event}.{r.Guard}");
        return kinds.Concat(clauses).Concat(taken).Distinct()
            .Where(wanted => !fuzz.Seen.Keys.Any(seen => seen.StartsWith(wanted, StringComparison.Ordinal)));
    }

    private void Tell(Fuzz fuzz)
    {
        string[] table =
        [
            $"{fuzz.Thrown} datagrams at {Fuzz.States} states",
            $"a step allocated at most {fuzz.MostAllocated} octets above what the length of its datagram grants",
            "", "| seen | times |", "|---|---:|", .. fuzz.Seen.Select(s => $"| {s.Key} | {s.Value} |"),
        ];
        File.WriteAllLines(Path.Combine(AppContext.BaseDirectory, "fuzz-table.md"), table);
        output.WriteLine(string.Join('\n', table));
    }

    private static long Number(string variable, long otherwise)
        => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text
            ? long.Parse(text, CultureInfo.InvariantCulture)
            : otherwise;
}
