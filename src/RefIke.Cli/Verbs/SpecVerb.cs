using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using RefIke.Specification;

namespace RefIke.Cli.Verbs;

/// <summary><c>refike spec</c>: what re-checks the specification, and what holds it against the sources.</summary>
internal static class SpecVerb
{
    public static Command Create()
        => new("spec", "The formal specification") { SpecCheck.Create(), SpecCoverage.Create() };

    /// <summary>How results are written as JSON.</summary>
    internal static JsonSerializerOptions Json { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The repository that the current folder is in; null, with words, where it is in none.</summary>
    internal static string? Repository()
    {
        var repository = RowFile.FindRepository(Environment.CurrentDirectory);
        if (repository is null)
        {
            Console.Error.WriteLine("no spec/exchanges at or above this folder: run this inside a clone of RefIke");
        }

        return repository;
    }

    /// <summary>The option <c>--format</c>, with no other value than its two.</summary>
    internal static Option<string> FormatOption()
    {
        var format = new Option<string>("--format") { DefaultValueFactory = _ => "text", Description = "text or json" };
        format.AcceptOnlyFromAmong("text", "json");
        return format;
    }
}
