using System.Buffers.Binary;
using RefIke.Engine;

namespace RefIke.Exploration.Exhaustive;

/// <summary>Both endpoints, what flies between them, the clock, what is left of the budget, and where the scenario is.</summary>
/// <param name="Seen">What has arrived and may be replayed, sorted; empty where the budget has no replays.</param>
internal sealed record JointState(
    int Variant, int Act, Instant Now, LocalState A, LocalState B, Message[] Flying, Message[] Seen, Spent Spent, bool NoGap)
{
    /// <summary>The digest of all of it, the same in every run.</summary>
    public UInt128 Digest()
    {
        var length = 24 + 32 + 8 + (16 * (Flying.Length + Seen.Length));
        var octets = length <= 512 ? stackalloc byte[length] : new byte[length];
        var at = octets;
        BinaryPrimitives.WriteInt32BigEndian(at, Variant);
        BinaryPrimitives.WriteInt32BigEndian(at[4..], Act);
        BinaryPrimitives.WriteInt64BigEndian(at[8..], Now.Milliseconds);
        BinaryPrimitives.WriteInt32BigEndian(at[16..], Flying.Length);
        BinaryPrimitives.WriteInt32BigEndian(at[20..], NoGap ? 1 : 0);
        BinaryPrimitives.WriteUInt128BigEndian(at[24..], A.Digest);
        BinaryPrimitives.WriteUInt128BigEndian(at[40..], B.Digest);
        Spent.Write(at[56..]);
        at = at[64..];
        Write(Seen, Write(Flying, at));
        return Canonical.Digest(octets);
    }

    private static Span<byte> Write(Message[] messages, Span<byte> at)
    {
        foreach (var message in messages)
        {
            BinaryPrimitives.WriteUInt128BigEndian(at, message.Digest);
            at = at[16..];
        }

        return at;
    }
}

/// <summary>How much of a budget is spent.</summary>
internal readonly record struct Spent(int Losses, int Copies, int Replays, int Premature, int Alterations)
{
    /// <summary>Eight octets.</summary>
    public void Write(Span<byte> to)
    {
        BinaryPrimitives.WriteUInt16BigEndian(to, (ushort)Losses);
        BinaryPrimitives.WriteUInt16BigEndian(to[2..], (ushort)Copies);
        to[4] = (byte)Replays;
        to[5] = (byte)Premature;
        to[6] = (byte)Alterations;
    }
}
