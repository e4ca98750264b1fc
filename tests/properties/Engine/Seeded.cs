using RefIke.Engine;
using RefIke.Exploration.Mutants;

namespace RefIke.Properties.Engine;

/// <summary>A class whose tests say of a faulty endpoint that it is one: the kill matrix runs them with each fault in an end of their pairs.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class JudgesFaultsAttribute : Attribute;

/// <summary>The fault that every pair made from here on has in one of its ends; none unless the kill matrix has seeded one.</summary>
/// <param name="InB">Whether it is in the end that tests call B, else in A; in both where the fault says so.</param>
internal sealed record Seeded(Mutant Fault, bool InB)
{
    private static readonly AsyncLocal<Seeded?> Here = new();

    /// <summary>What is seeded in this flow of control.</summary>
    public static Seeded? Now
    {
        get => Here.Value;
        set => Here.Value = value;
    }

    /// <summary>One end of a pair, with the fault where it is seeded there.</summary>
    public static Side End(EndpointSetup setup, bool isB)
    {
        var fault = Now is { } seeded && (seeded.InB == isB || seeded.Fault.AtBothEnds) ? seeded.Fault : null;
        return new Side(new Endpoint(fault?.Change(setup) ?? setup), fault);
    }
}
