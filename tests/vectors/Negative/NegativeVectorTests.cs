using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using RefIke.Exchanges;
using RefIke.Specification;
using RefIke.Vectors.Negative;
using RefIke.Wire;
using Xunit;

namespace RefIke.Vectors.Tests.Negative;

/// <summary>
/// The negative vectors: each is replayed through an endpoint from its text alone, and together they leave nothing out.
/// </summary>
public sealed class NegativeVectorTests
{
    private static readonly ImmutableArray<NegativeFile> Files =
        [.. Names.Select(n => NegativeFile.Read(File.ReadAllText(PathOf(n))))];

    private static readonly VectorSchema Schema = VectorSchema.Parse(
        File.ReadAllText(VectorFolder.In("negative.schema.json")));

    public static string[] Names
        => [.. Directory.GetFiles(VectorFolder.In("Negative"), "*.json")
            .Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Texts => [.. Names];

    private static IEnumerable<NegativeCase> Cases => Files.SelectMany(f => f.Groups).SelectMany(g => g.Cases);

    /// <summary>The files are what the code makes; with REFIKE_ACCEPT in the environment they are written.</summary>
    [Fact]
    public void FilesAreWhatTheCodeMakes()
    {
        var made = NegativeVectors.Emit();
        if (Environment.GetEnvironmentVariable("REFIKE_ACCEPT") == "1")
        {
            foreach (var (name, text) in made)
            {
                File.WriteAllText(PathOf(name), text);
            }
        }

        Assert.Equal(Names, made.Keys.Order(StringComparer.Ordinal));
        Assert.All(made, m => Assert.True(File.ReadAllText(PathOf(m.Key)) == m.Value,
            $"{m.Key} is not what the code makes"));
    }

    /// <summary>
    /// The honest datagrams and the case are handed to an endpoint: rejection, notify, answers and state are those of
    /// the file.
    /// </summary>
    [Theory]
    [MemberData(nameof(Texts))]
    public void EveryCaseHolds(string name) => Assert.Empty(NegativeVectors.Faults(File.ReadAllText(PathOf(name))));

    /// <summary>negative.schema.json is kept.</summary>
    [Theory]
    [MemberData(nameof(Texts))]
    public void FileKeepsTheSchema(string name) =>
        Assert.Empty(Schema.Faults(JsonElement.Parse(File.ReadAllText(PathOf(name)))));

    /// <summary>At least 600 are demanded; none of the files is too long to be read.</summary>
    [Fact]
    public void ThereAreEnough()
    {
        Assert.InRange(Cases.Count(), 3500, 10_000);
        Assert.Equal(Cases.Count(), Cases.Select(c => c.Id).Distinct().Count());
        Assert.All(Names, n => Assert.InRange(new FileInfo(PathOf(n)).Length, 1, 1_500_000));
    }

    /// <summary>Every kind of <see cref="Rejection"/> is the result of some case.</summary>
    [Fact]
    public void EveryKindOfRejectionIsThere()
    {
        var kinds = typeof(Rejection).GetNestedTypes().Where(t => t.IsAssignableTo(typeof(Rejection)))
            .Select(t => t.Name);
        Assert.Empty(kinds.Except(Cases.SelectMany(c => c.Result.Rejections).Select(r => r.Kind)));
    }

    /// <summary>Every rule of the reader is broken by some case: it is told by its field, clause and notify.</summary>
    [Fact]
    public void EveryDefectOfTheReaderIsThere()
    {
        var told = Cases.SelectMany(c => c.Result.Rejections).Where(r => r.Kind == nameof(Rejection.BadSyntax))
            .Select(r => (r.Field, r.Clause, r.Notify!.Number)).ToHashSet();
        var defects = typeof(Defect).GetProperties(BindingFlags.Public | BindingFlags.Static)
            .Select(p => (Defect)p.GetValue(null)!);
        Assert.All(defects, d => Assert.Contains((d.Field, d.Clause, (int)(ushort)d.Notify), told));
    }

    /// <summary>Every exchange and both roles, every mode and method.</summary>
    [Fact]
    public void EveryExchangeIsThereInBothRoles()
    {
        var places = Files.SelectMany(f => f.Groups).Select(g => $"{g.Setup.Exchange} {g.Setup.Role}").ToHashSet();
        string[] due =
        [
            .. new[] { "MainMode", "Aggressive", "QuickMode", "Transaction", "NewGroupMode" }
                .SelectMany(e => new[] { $"{e} initiator", $"{e} responder" }),
            "Informational responder",
        ];
        Assert.Empty(due.Except(places));
        var methods = Files.SelectMany(f => f.Groups).Select(g =>
            $"{g.Setup.Inputs.Mode} {g.Setup.Inputs.Method}").ToHashSet();
        Assert.True(methods.Count >= 16, string.Join(", ", methods));
    }

    /// <summary>Each case names a clause of the ledger, or the section of an RFC.</summary>
    [Fact]
    public void EveryCaseNamesAClause()
    {
        var ledger = Ledger.Read(Repository).Select(c => c.Id).ToHashSet();
        Assert.All(Cases, c => Assert.True(ledger.Contains(c.Clause) || IsSection(c.Clause), $"{c.Id}: {c.Clause}"));
        Assert.All(Cases.SelectMany(c => c.Result.Rejections), r =>
            Assert.True(ledger.Contains(r.Clause) || IsSection(r.Clause), r.Clause));

        static bool IsSection(string clause) => clause.Split('-') is [var rfc, var section]
            && rfc is "2408" or "2409" or "4945" or "5280" or "4754" && section.Length > 0
                && (char.IsDigit(section[0]) || char.IsUpper(section[0]));
    }

    /// <summary>
    /// What is refused ends no SA that was there, makes none, and is answered only where that is said.
    /// </summary>
    [Fact]
    public void NothingThatWasUpGoesDown()
    {
        foreach (var group in Files.SelectMany(f => f.Groups))
        {
            var before = group.Cases.FirstOrDefault(c => c.Result.State == Outcome.Unchanged)?.Result.Remains;
            foreach (var one in group.Cases.Where(c => c.Sent.Length == 1 && before is not null))
            {
                Assert.True(before!.IpsecSas.SequenceEqual(one.Result.Remains.IpsecSas), one.Id);
                Assert.True(
                    before.IsakmpSas.SequenceEqual(one.Result.Remains.IsakmpSas)
                        || one.Result.Rejections[^1].Kind == nameof(Rejection.UserRefused), one.Id);
                Assert.True(one.Result.MayAnswer || one.Result.Answers.IsEmpty, one.Id);
            }
        }
    }

    /// <summary>The cases are found by flag, kind, exchange and notify, and each is shown whole.</summary>
    [Fact]
    public void CasesAreListedAndShown()
    {
        var file = Files.Single(f => f.Name == "informational");
        int Count(NegativeFilter filter) => NegativeText.List(file, filter).Count();
        Assert.Equal(file.NumberOfCases, Count(new()));
        Assert.InRange(Count(new(Flag: "hash")), 1, file.NumberOfCases - 1);
        Assert.InRange(Count(new(Kind: "hashmismatch")), 1, file.NumberOfCases - 1);
        Assert.Equal(Count(new(Notify: "23")), Count(new(Notify: "INVALID-HASH-INFORMATION")));
        Assert.Equal(Count(new(Kind: "HashMismatch")), Count(new(Notify: "23")));
        Assert.Equal(0, Count(new(Exchange: "MainMode")));
        Assert.Null(NegativeText.Show(file, "nobody"));
        foreach (var (group, one) in file.Groups.SelectMany(g => g.Cases.Select(c => (g, c))))
        {
            var shown = NegativeText.Show(file, one.Id)!;
            Assert.All(
                one.Sent.Select(s => s.Datagram).Concat(group.Setup.Before.Select(b => b.Datagram).OfType<Octets>()),
                d => Assert.Contains(d.ToHex(), shown, StringComparison.Ordinal));
            Assert.Contains(one.Result.Rejections[^1].Kind, shown, StringComparison.Ordinal);
        }
    }

    /// <summary>The flags of the library are those of the schema and of the cases, and README.md explains each of them.</summary>
    [Fact]
    public void EveryFlagIsKnownAndUsed()
    {
        var readme = File.ReadAllText(VectorFolder.In("README.md"));
        var schema = JsonElement.Parse(File.ReadAllText(VectorFolder.In("negative.schema.json"))).GetProperty("$defs").GetProperty("case")
            .GetProperty("properties").GetProperty("flags").GetProperty("items").GetProperty("enum");
        Assert.Equal(NegativeVectors.Flags, schema.EnumerateArray().Select(f => f.GetString()!));
        Assert.Equal(NegativeVectors.Flags.Order(StringComparer.Ordinal), Cases.SelectMany(c => c.Flags).Distinct().Order(StringComparer.Ordinal));
        Assert.All(NegativeVectors.Flags, f => Assert.Contains($"`{f}`", readme, StringComparison.Ordinal));
        Assert.All(Names, n => Assert.Contains($"`{n}`", readme, StringComparison.Ordinal));
    }

    internal static string Repository => Path.GetFullPath(VectorFolder.In("..", ".."));

    internal static string PathOf(string name) => VectorFolder.In("Negative", name);
}
