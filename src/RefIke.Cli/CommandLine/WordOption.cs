using System.CommandLine;

namespace RefIke.Cli.CommandLine;

/// <summary>An option that takes one of some words; any other is refused with the list of those it takes.</summary>
internal sealed class WordOption : Option<string?>
{
    /// <param name="words">Those that are listed.</param>
    /// <param name="alsoTakes">Whether a word that is not listed is taken all the same.</param>
    public WordOption(
        string name, string description, string helpName, IReadOnlyList<string> words, string? otherwise = null,
        Func<string, bool>? alsoTakes = null)
        : base(name)
    {
        (Description, HelpName) = (description, helpName);
        if (otherwise is not null)
        {
            DefaultValueFactory = _ => otherwise;
        }

        CompletionSources.Add(_ => words.Select(w => new System.CommandLine.Completions.CompletionItem(w)));
        Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var word }] && !words.Contains(word) && alsoTakes?.Invoke(word) != true)
            {
                result.AddError($"{name}: {word} is unknown; known are {string.Join(", ", words)}");
            }
        });
    }

    /// <summary>How a verb prints its results.</summary>
    public static WordOption Format()
        => new("--format", "how to print the result", "text|json", ["text", "json"], "text");
}
