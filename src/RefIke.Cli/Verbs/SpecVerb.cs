using System.CommandLine;
using RefIke.Specification;

namespace RefIke.Cli.Verbs;

/// <summary><c>refike spec</c>: what re-checks the specification, and what holds it against the sources.</summary>
internal static class SpecVerb
{
    public static Command Create()
        => new("spec", "The formal specification: models checked, clauses traced.")
        {
            SpecShow.Create(), SpecCheck.Create(), SpecCoverage.Create(), SpecMap.Create(), SpecMutants.Create(),
        };

    /// <summary>The repository that the current folder is in.</summary>
    /// <exception cref="BadInputException">It is in none.</exception>
    internal static string Repository() => RowFile.FindRepository(Environment.CurrentDirectory)
        ?? throw new BadInputException("no spec/exchanges at or above this folder: run this inside a clone of RefIke");
}
