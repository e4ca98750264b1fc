using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using RefIke.Properties.Engine;
using RefIke.Specification;
using Xunit;

namespace RefIke.Properties.Specification;

/// <summary>
/// The tables are deterministic and nothing falls between their rows: of the guards of one state and event exactly one holds,
/// whatever the facts are that they are made of. Every combination of the facts is tried, on the guards as the code has them.
/// </summary>
public sealed class GuardEnumerationTests
{
    private static readonly Lazy<Compilation> Code = new(() => Compile(Sources()));

    /// <summary>Exactly one guard of each group holds in each combination of its facts.</summary>
    [Fact]
    public void ExactlyOneGuardHoldsWhateverTheFacts()
    {
        var groups = Groups(Code.Value);
        Assert.Equal(
            RowFile.ReadAll(Pair.Repository).Select(r => (r.Exchange, r.Role, r.State, r.Event, r.Guard)).Order(),
            groups.SelectMany(g => g.Guards.Select(guard => (g.Exchange, g.Role, g.State, g.Event, guard?.Name ?? "Always"))).Order());
        var formulas = new GuardFormulas(Code.Value);
        var wrong = groups.SelectMany(g => Wrong(formulas, g)).ToArray();
        Assert.True(wrong.Length == 0, string.Join('\n', wrong));
    }

    /// <summary>A guard that overlaps another, and one that leaves a gap, are told with the facts for which they do.</summary>
    [Theory]
    [InlineData("=> t.HashIsRight() && t.Judge() is null;", "=> t.Judge() is null;", "2 guards hold")]
    [InlineData("HashDiffers(QuickModeTurn t) => !t.HashIsRight();", "HashDiffers(QuickModeTurn t) => false;", "0 guards hold")]
    [InlineData("=> t.HashIsRight() && !t.HasSetCommit;", "=> t.HashIsRight();", "2 guards hold")]
    public void WrongGuardIsTold(string right, string wrong, string told)
    {
        var sources = Sources().ToDictionary(s => s.Key, s => s.Key.EndsWith("QuickModeTurn.cs", StringComparison.Ordinal)
            ? s.Value.Replace(right, wrong, StringComparison.Ordinal)
            : s.Value);
        Assert.NotEqual(Sources(), sources);
        var code = Compile(sources);
        var formulas = new GuardFormulas(code);
        var found = Groups(code).SelectMany(g => Wrong(formulas, g)).ToArray();
        Assert.NotEmpty(found);
        Assert.All(found, f => Assert.StartsWith("QuickMode ", f, StringComparison.Ordinal));
        Assert.All(found, f => Assert.Contains(told, f, StringComparison.Ordinal));
    }

    private sealed record Group(string Exchange, string Role, string State, string Event, IReadOnlyList<IMethodSymbol?> Guards);

    private static IEnumerable<string> Wrong(GuardFormulas formulas, Group group)
    {
        var guards = group.Guards.Select(g => g is null ? new GuardFormulas.Constant(true) : formulas.Of(g)).ToArray();
        var facts = guards.SelectMany(g => g.Facts).GroupBy(f => f.Fact)
            .Select(f => (f.Key, Values: Values(group, f.Key, [.. f.Select(v => v.Value).Distinct()]))).ToArray();
        return Combinations(facts).Select(c => (Facts: c, Count: guards.Count(g => g.Holds(c)))).Where(c => c.Count != 1)
            .Select(c => $"{group.Exchange} {group.Role} {group.State} {group.Event}: {c.Count} guards hold where "
                + string.Join(", ", c.Facts.Select(f => $"{f.Key} {f.Value}")));
    }

    /// <summary>What a fact can be: a record's role is that of the table.</summary>
    private static string[] Values(Group group, string fact, string[] compared) => compared switch
    {
        ["true"] => ["true", "false"],
        _ when fact.EndsWith(".Role", StringComparison.Ordinal) => [$"Role.{group.Role}"],
        _ => [.. Faults(group)],
    };

    /// <summary>
    /// What IsmakpTurn.Judge can find wrong: with a payload that the message has, and with an offer where one responds.
    /// </summary>
    private static IEnumerable<string> Faults(Group group)
    {
        yield return "Fault.None";
        if (group.Event.StartsWith("Sa", StringComparison.Ordinal))
        {
            yield return group.Role == "Initiator" ? "Fault.Choice" : "Fault.Offer";
        }

        if (group.Event.Contains("Key", StringComparison.Ordinal))
        {
            yield return "Fault.Key";
        }

        if (group.Event.Contains("Auth", StringComparison.Ordinal))
        {
            yield return "Fault.Auth";
        }
    }

    private static IEnumerable<Dictionary<string, string>> Combinations((string Fact, string[] Values)[] facts)
        => facts.Aggregate<(string Fact, string[] Values), IEnumerable<Dictionary<string, string>>>(
            [[]], (all, fact) => all.SelectMany(c => fact.Values.Select(v => new Dictionary<string, string>(c) { [fact.Fact] = v })));

    /// <summary>The rows as the code configures them, by state and event.</summary>
    private static IReadOnlyList<Group> Groups(Compilation code)
        =>
        [
            .. code.SyntaxTrees.SelectMany(t => t.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>())
                .Where(i => i.Expression is MemberAccessExpressionSyntax { Name.Identifier.Text: "On" or "Refuse" } && Root(i) is not null)
                .Select(i => Cell(code.GetSemanticModel(i.SyntaxTree), i)).GroupBy(c => c.Where)
                .Select(g => new Group(g.Key.Exchange, g.Key.Role, g.Key.State, g.Key.Event, [.. g.Select(c => c.Guard)])),
        ];

    private static ((string Exchange, string Role, string State, string Event) Where, IMethodSymbol? Guard) Cell(
        SemanticModel model, InvocationExpressionSyntax row)
    {
        var table = Root(row)!.ArgumentList!.Arguments;
        var state = Chain(row).OfType<InvocationExpressionSyntax>()
            .First(i => i.Expression is MemberAccessExpressionSyntax { Name.Identifier.Text: "In" }).ArgumentList.Arguments[0].Expression;
        var guard = row.ArgumentList.Arguments.SingleOrDefault(a => a.NameColon?.Name.Identifier.Text == "when")?.Expression;
        return (
            ((string)model.GetConstantValue(table[0].Expression).Value!, (string)model.GetConstantValue(table[1].Expression).Value!,
                model.GetSymbolInfo(state).Symbol!.Name, model.GetSymbolInfo(row.ArgumentList.Arguments[0].Expression).Symbol!.Name),
            guard is null ? null : (IMethodSymbol)(model.GetSymbolInfo(guard) is { Symbol: { } one } ? one : model.GetSymbolInfo(guard).CandidateSymbols.Single()));
    }

    /// <summary>The <c>new Table(exchange, role, wiring)</c> at the beginning of a chain of rows.</summary>
    private static ObjectCreationExpressionSyntax? Root(InvocationExpressionSyntax row)
        => Chain(row).OfType<ObjectCreationExpressionSyntax>().SingleOrDefault(o => o.Type is GenericNameSyntax { Identifier.Text: "Table" });

    private static IEnumerable<ExpressionSyntax> Chain(InvocationExpressionSyntax row)
    {
        for (ExpressionSyntax? at = row; at is not null;)
        {
            yield return at;
            at = at is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax before } ? before.Expression : null;
        }
    }

    private static Dictionary<string, string> Sources()
        => Directory.GetFiles(Path.Combine(Pair.Repository, "src", "RefIke.Exchanges"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToDictionary(f => f, File.ReadAllText);

    private static CSharpCompilation Compile(Dictionary<string, string> sources)
    {
        const string usings = "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;"
            + " global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;";
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(f => !f.EndsWith("RefIke.Exchanges.dll", StringComparison.Ordinal)).Select(f => MetadataReference.CreateFromFile(f));
        return CSharpCompilation.Create(
            "RefIke.Exchanges", sources.Values.Append(usings).Select(s => CSharpSyntaxTree.ParseText(s, CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Preview))),
            references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
    }
}
