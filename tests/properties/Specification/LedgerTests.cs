using System.Text.RegularExpressions;
using RefIke.Crypto;
using RefIke.Exchanges;
using RefIke.Properties.Engine;
using RefIke.Specification;
using RefIke.Wire;
using Xunit;
using Clause = RefIke.Specification.Clause;

namespace RefIke.Properties.Specification;

/// <summary>
/// The ledger of <c>spec/clauses</c> and the sources agree, and the comparison finds it where they do not.
/// </summary>
public sealed class LedgerTests
{
    /// <summary>
    /// Each clause is obeyed by code or a row, and shown by a test, or the ledger says why not; each id cited is a
    /// clause.
    /// </summary>
    [Fact]
    public void EveryClauseIsObeyedAndShownOrSaysWhyNot()
    {
        var (links, unknown) = Coverage.Of(Pair.Repository);
        Assert.Empty(links.Where(l => l.Fault is not null).Select(l => $"{l.Clause.Id}: {l.Fault}"));
        Assert.Empty(unknown);
    }

    /// <summary>
    /// What cites which clause is what spec/links.txt says. Set REFIKE_ACCEPT=1 to write it, after a change that was meant.
    /// </summary>
    [Fact]
    public void EveryLinkIsRecorded()
    {
        if (Environment.GetEnvironmentVariable("REFIKE_ACCEPT") == "1")
        {
            RecordedLinks.Write(Pair.Repository);
        }

        var links = RecordedLinks.Compare(Pair.Repository);
        Assert.Empty(links.Lost);
        Assert.Empty(links.New);
    }

    /// <summary>Ids are there once, in the file of their document, with a level that exists and a sentence.</summary>
    [Fact]
    public void EveryClauseHasAnIdALevelAndASentence()
    {
        var clauses = Ledger.Read(Pair.Repository);
        Assert.Equal(clauses.Count, clauses.Select(c => c.Id).Distinct().Count());
        Assert.All(clauses, c =>
        {
            Assert.Matches(@"^(\d{4}|[a-z]+)-(\d+|[A-Z])(\.\d+)*-\d\d$", c.Id);
            Assert.Contains(c.Level, new[] { "MUST", "MUST NOT", "SHOULD", "SHOULD NOT", "MAY", "rule" });
            Assert.Matches(@"^[A-Z0-9][^""]+\.$", c.Words);
            Assert.Contains(c.Who, Ledger.Bound);
            Assert.Contains(c.Seen, Ledger.Observed);
        });
        Assert.Equal(Ledger.Bound.Order(), clauses.Select(c => c.Who).Distinct().Order());
        Assert.Equal(Ledger.Observed.Order(), clauses.Select(c => c.Seen).Distinct().Order());
        Assert.All(Directory.GetFiles(Path.Combine(Pair.Repository, "spec", "clauses")), file =>
        {
            var document = Path.GetFileNameWithoutExtension(file).Replace("rfc", "", StringComparison.Ordinal);
            var ids = Regex.Matches(File.ReadAllText(file), @"^id = ""(\w+)-", RegexOptions.Multiline);
            Assert.All(ids, m => Assert.Equal(document, m.Groups[1].Value));
        });
    }

    /// <summary>What an endpoint says of a message that it refuses names a clause of the ledger.</summary>
    [Fact]
    public void EveryRejectionNamesAClause()
    {
        var known = Known();
        var kinds = typeof(Rejection).GetNestedTypes().Where(t => t.IsAssignableTo(typeof(Rejection))).ToArray();
        Assert.True(kinds.Length > 10);
        Assert.All(kinds, kind => Assert.Contains(((Rejection)Made(kind)).Clause, known));
    }

    /// <summary>
    /// A repository made for it: a clause that nothing obeys, one with a reason it does not need, one without a test,
    /// an unknown id.
    /// </summary>
    [Fact]
    public void WhatIsMissingOrTooMuchIsFound()
    {
        var folder = Directory.CreateTempSubdirectory("refike-ledger").FullName;
        Write("spec/clauses/made.toml", string.Concat(
            Toml("made-1-01", ""), Toml("made-1-02", "exception = \"because\""), Toml("made-1-03", ""),
            Toml("made-1-04", "untested = \"because\""), Toml("made-1-05", ""),
            Toml("made-1-06", "exception = \"because\"")));
        Write("spec/exchanges/a.rows", "ROW(X, Initiator, Idle, Go, Always, Done, Nothing, \"\", made_1_05)\n"
            + "DROPS(X, Initiator, Done, \"Go\", made_1_05)\n");
        Write("spec/models/a.pml", "/* clause made-1-05 */");
        Write("spec/symbolic/a.maude", "*** clause made-1-05");
        Write("src/A.cs", "[Clause(\"made-1-02\")] [Clause(\"made-1-03\")] // clause made-1-04, clause made-9-99");
        Write("src/Mutants/B.cs", "new Mutant(\"M-1\", \"words\", \"made-1-01\")");
        Write("src/RefIke.Vectors/C.cs", "\"made-1-01\"");
        Write("tests/T.cs", "[Clause(\"made-1-04\")] [Clause(\"made-1-05\")]");
        Write("tests/vectors/K.cs", "[Clause(\"made-1-05\")]");
        Write("tests/vectors/Primitives/k.json", """{"clauses": ["made-1-05"], "cases": []}""");
        Write("tests/vectors/Exchanges/e.json", """{"clauses": ["made-1-05", "made-1-04"]}""");
        Write("tests/vectors/Negative/n.json", """
            {"groups": [{"cases": [{"clause": "made-1-05", "result": {"rejections": [{"clause": "made-1-05"}]}}, {"clause": "made-1"}]}]}
            """);
        var (links, unknown) = Coverage.Of(folder);
        Assert.Equal(
            [
                "nothing obeys it, and no reason is given",
                "something obeys it, and a reason says that nothing does",
                "no test shows it, and no reason is given",
                "a test shows it, and a reason says that none does",
                null,
                null,
            ],
            links.Select(l => l.Fault));
        Assert.Equal([new Citation("made-9-99", Path.Combine("src", "A.cs"))], unknown);
        Assert.Equal((0, 2, 2, 1, 4), (links[4].Code, links[4].Rows, links[4].Models, links[4].Tests, links[4].Vectors));
        Assert.Equal(
            ["tests/vectors/Exchanges", "tests/vectors/K.cs", "tests/vectors/Negative/n.json", "tests/vectors/Primitives/k.json"],
            links[4].Files(CitationKind.Vector).Select(f => f.File));
        Directory.Delete(folder, true);

        void Write(string name, string text)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, name))!);
            File.WriteAllText(Path.Combine(folder, name), text);
        }

        static string Toml(string id, string more)
            => $"[[clause]]\nid = \"{id}\"\nlevel = \"rule\"\nwords = \"Words.\"\nwho = \"both\"\nseen = \"wire\"\n{more}\n";
    }

    private static HashSet<string> Known() => [.. Ledger.Read(Pair.Repository).Select((Clause c) => c.Id)];

    /// <summary>A rejection of this kind, made of nothing.</summary>
    private static object Made(Type kind)
    {
        var constructor = kind.GetConstructors().Single();
        return constructor.Invoke([.. constructor.GetParameters().Select(p =>
            p.ParameterType == typeof(string) ? ""
            : p.ParameterType == typeof(CryptoFault) ? new CryptoFault.NoCertificate()
            : p.ParameterType == typeof(Malformed) ? new Malformed(Defect.NonceData, PayloadType.Nonce, 0, "")
            : Activator.CreateInstance(p.ParameterType))]);
    }
}
