using Xunit;

namespace RefIke.Properties.CommandLine;

/// <summary><c>refike explore --mutants</c>: asks again whom the matrix names, and says who no longer finds a fault.</summary>
public sealed class MutantsTests
{
    [Theory]
    [InlineData("honest L-02", 0, "Coyote: honest L-02")]
    [InlineData("honest S-38", 1, "NOT AS RECORDED")]
    [InlineData("–", 0, "nobody that was asked")]
    public async Task FindingIsHeldAgainstTheMatrix(string recorded, int code, string said)
    {
        using var folder = new TestFolder();
        Matrix(folder, recorded);
        var (exit, text, _) = await RefikeProcess.RunAsync(folder.Name, "explore", "--mutants", "--mutant", "M-61", "--judges", "coyote");
        Assert.Equal(code, exit);
        Assert.Contains(said, text, StringComparison.Ordinal);
    }

    /// <summary>What is recorded replaces the cells of those who were asked; all else stands as it did.</summary>
    [Fact]
    public async Task RecordingWritesTheCellsOfThoseWhoWereAsked()
    {
        using var folder = new TestFolder();
        var path = Matrix(folder, "–");
        var (exit, _, _) = await RefikeProcess.RunAsync(
            folder.Name, "explore", "--mutants", "--mutant", "M-61", "--judges", "coyote", "--record");
        Assert.Equal(0, exit);
        Assert.Contains("| M-61 | SKEYID with Nr before Ni | – | – | – | x L-01 | honest L-02 | SomeTests | – |", await File.ReadAllTextAsync(
            path, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnknownJudgeIsCodeTwo()
    {
        using var folder = new TestFolder();
        Matrix(folder, "–");
        var (exit, _, error) = await RefikeProcess.RunAsync(folder.Name, "explore", "--mutants", "--judges", "vectors");
        Assert.Equal(2, exit);
        Assert.Contains("vectors is unknown; known are rows, spin, maude, exhaustive, coyote, scenarios", error, StringComparison.Ordinal);
    }

    private static string Matrix(TestFolder folder, string coyote)
    {
        Directory.CreateDirectory(folder.File("spec/exchanges"));
        return folder.Write("spec/kill-matrix.md", $"""
            | fault | what is broken | rows = machines | SPIN | Maude | exhaustive | Coyote | property tests | vectors |
            |---|---|---|---|---|---|---|---|---|
            | M-61 | SKEYID with Nr before Ni | – | – | – | x L-01 | {coyote} | SomeTests | – |

            | scenario | finds |
            |---|---|

            """);
    }
}
