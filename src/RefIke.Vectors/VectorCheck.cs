using System.Collections.Immutable;
using RefIke.Exchanges;
using RefIke.Vectors.Replay;

namespace RefIke.Vectors;

/// <summary>Whether a whole exchange holds: what is wrong with it, each with its place.</summary>
internal static class VectorCheck
{
    /// <summary>Every value, message and datagram by RefIke's formulas, reader, writer and encryption.</summary>
    public static ImmutableArray<string> Formulas(VectorFile v)
    {
        var faults = new FaultList();
        try
        {
            Phase1Check.Run(v, faults);
            DatagramCheck.Run(v, faults);
            Phase2Check.Run(v, faults);
        }
        catch (ReplayException e)
        {
            faults.Add(e.Message);
        }

        return faults.All;
    }

    /// <summary>
    /// RefIke's endpoint in either role against the recorded other. What a foreign implementation sent cannot come out
    /// of it: its random octets are not recorded, and its choices are its own.
    /// </summary>
    public static ImmutableArray<string> Roles(VectorFile v) => v.IsForeign
        ? []
        : [.. new RoleReplay(v, Role.Initiator).Run(), .. new RoleReplay(v, Role.Responder).Run()];
}
