using RefIke.Exploration.Mutants;

namespace RefIke.Properties.Engine;

/// <summary>Tests that can be run again with a fault seeded into the endpoint that they call A: for the kill matrix.</summary>
internal interface IFaultable
{
    Mutant? Fault { get; set; }
}
