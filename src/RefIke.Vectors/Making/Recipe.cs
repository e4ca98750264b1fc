using RefIke.Exchanges;

namespace RefIke.Vectors.Making;

/// <summary>
/// What one vector of RefIke's own is made from: inputs without their random octets and orders, a seed, a script.
/// </summary>
/// <param name="Ends">When the clock stops, in milliseconds.</param>
internal sealed record Recipe(string Name, string Shows, ulong Seed, Inputs Inputs, ScriptLine[] Script,
    long Ends = 1_000);

/// <summary>
/// An order at its time. For a pair it names the child, and means the pair that traffic is sent on then.
/// </summary>
internal sealed record ScriptLine(long At, Role By, OrderKind Kind, string Child = "c", GroupInputs? Group = null);
