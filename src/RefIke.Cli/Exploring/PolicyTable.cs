using System.Text;
using RefIke.Cli.CommandLine;
using RefIke.Exploration.Policies;

namespace RefIke.Cli.Exploring;

/// <summary>Policy × race → outcome, as Markdown and as JSON.</summary>
internal static class PolicyTable
{
    /// <summary>Two tables, as <c>docs/policy-races.md</c> has them, and what each policy is.</summary>
    public static string Text(IReadOnlyList<RaceOutcome> outcomes)
    {
        var text = new StringBuilder();
        foreach (var both in new[] { true, false })
        {
            text.Append(both ? "## At both ends\n\n" : "\n## At one end, RefIke at the other\n\n");
            text.Append("| policy | ").AppendJoin(" | ", PolicyRaces.Races).Append(" |\n|---|");
            text.AppendJoin("", PolicyRaces.Races.Select(_ => "---|")).Append('\n');
            foreach (var policy in outcomes.Where(o => o.AtBothEnds == both).GroupBy(o => o.Policy))
            {
                text.Append("| ").Append(policy.Key.Name).Append(" | ").AppendJoin(" | ", policy.Select(Cell)).Append(" |\n");
            }
        }

        text.Append("\n## The policies\n\n| policy | what it does | who |\n|---|---|---|\n");
        foreach (var policy in LifePolicy.All)
        {
            text.Append("| ").Append(policy.Name).Append(" | ").Append(policy.Words).Append(" | ").Append(policy.Who).Append(" |\n");
        }

        return text.ToString();
    }

    /// <summary>One document.</summary>
    public static string Json(IReadOnlyList<RaceOutcome> outcomes) => JsonText.Document(new
    {
        document = "refike explore policies",
        version = 1,
        outcomes = outcomes.Select(o => new { policy = o.Policy.Name, o.Race, o.AtBothEnds, o.States, o.Violated, turns = o.Length }),
    }) + "\n";

    private static string Cell(RaceOutcome outcome) => outcome.Violated is { } property ? $"**{property}** in {outcome.Length}" : "holds";
}
