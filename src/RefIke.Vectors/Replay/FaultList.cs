using System.Collections.Immutable;
using RefIke.Crypto;
using RefIke.Wire;

namespace RefIke.Vectors.Replay;

/// <summary>What does not come out as recorded.</summary>
internal sealed class FaultList
{
    private readonly ImmutableArray<string>.Builder all = ImmutableArray.CreateBuilder<string>();

    public ImmutableArray<string> All => all.ToImmutable();

    public void Add(string fault) => all.Add(fault);

    public void Holds(bool holds, string otherwise)
    {
        if (!holds)
        {
            all.Add(otherwise);
        }
    }

    public void Equal(string what, Octets? recorded, Octets? computed)
        => Holds(recorded == computed, $"{what} is {Hex(recorded)}, not {Hex(computed)}");

    public void Equal(string what, Octets? recorded, Secret computed)
        => Equal(what, recorded, (Octets?)computed.Reveal().ToArray());

    private static string Hex(Octets? octets) => octets is { } o ? $"[{o.ToHex()}]" : "absent";
}

/// <summary>A replay that cannot go on: it did not come out as recorded.</summary>
internal sealed class ReplayException(string message) : Exception(message);
