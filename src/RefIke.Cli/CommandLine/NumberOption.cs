using System.CommandLine;
using System.Globalization;

namespace RefIke.Cli.CommandLine;

/// <summary>An option that takes a whole number in a range.</summary>
internal sealed class NumberOption : Option<ulong?>
{
    public NumberOption(string name, string description, ulong least, ulong most, ulong? otherwise = null) : base(name)
    {
        Description = description;
        HelpName = "n";
        if (otherwise is not null)
        {
            DefaultValueFactory = _ => otherwise;
        }

        CustomParser = result =>
        {
            if (ulong.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var n)
                && n >= least && n <= most)
            {
                return n;
            }

            result.AddError($"{name}: {result.Tokens[0].Value} is no whole number from {least} to {most}");
            return null;
        };
    }

    /// <summary>A number of seconds, up to a year.</summary>
    public static NumberOption Seconds(string name, string description) => new(name, description, 1, 31_536_000);
}
