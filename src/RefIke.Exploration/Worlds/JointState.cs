using System.Buffers.Binary;
using RefIke.Engine;
using RefIke.Exploration.Scenarios;

namespace RefIke.Exploration.Worlds;

/// <summary>All endpoints, what flies between them, the clock, what is left of the budget, and where the scenario is.</summary>
/// <param name="Seen">What has arrived and may come again, sorted; empty where the budget has no use for it.</param>
/// <param name="Held">What is held back, sorted.</param>
/// <param name="Mapping">How often the NAT in front of A has made a new mapping.</param>
internal sealed record JointState(
    int Variant, int Act, Instant Now, LocalState[] Ends, Message[] Flying, Message[] Seen, Message[] Held, Spent Spent, int Mapping, bool NoGap)
{
    /// <summary>Exchanges of anybody that are neither established nor failed.</summary>
    public int OpenExchanges => Ends.Sum(e => e.OpenExchanges);

    /// <summary>For a demand.</summary>
    public Ends ForJudges => new([.. Ends.Select(e => e.State)], [.. Ends.Select(e => e.Past)], Flying.Length, Now);

    /// <summary>With another state of one endpoint, and with what flies then, where that is another too.</summary>
    public JointState With(Side who, LocalState state, Message[]? flying = null)
    {
        LocalState[] ends = [.. Ends];
        ends[(int)who] = state;
        return this with { Ends = ends, Flying = flying ?? Flying };
    }

    /// <summary>The digest of all of it, the same in every run.</summary>
    public UInt128 Digest()
    {
        var length = 32 + Spent.Size + (16 * (Ends.Length + Flying.Length + Seen.Length + Held.Length));
        var octets = length <= 768 ? stackalloc byte[length] : new byte[length];
        BinaryPrimitives.WriteInt32BigEndian(octets, Variant);
        BinaryPrimitives.WriteInt32BigEndian(octets[4..], Act);
        BinaryPrimitives.WriteInt64BigEndian(octets[8..], Now.Milliseconds);
        BinaryPrimitives.WriteInt32BigEndian(octets[16..], Flying.Length);
        BinaryPrimitives.WriteInt32BigEndian(octets[20..], Seen.Length);
        BinaryPrimitives.WriteInt32BigEndian(octets[24..], Held.Length);
        BinaryPrimitives.WriteInt32BigEndian(octets[28..], (Mapping << 1) | (NoGap ? 1 : 0));
        Spent.Write(octets[32..]);
        var at = octets[(32 + Spent.Size)..];
        foreach (var end in Ends)
        {
            BinaryPrimitives.WriteUInt128BigEndian(at, end.Digest);
            at = at[16..];
        }

        Write(Held, Write(Seen, Write(Flying, at)));
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
internal readonly record struct Spent(int Losses, int Copies, int Replays, int Delays, int Early, int Late, int Alterations, int Attacks)
{
    /// <summary>Octets of it.</summary>
    public const int Size = 16;

    /// <summary>Two octets each.</summary>
    public void Write(Span<byte> to)
    {
        foreach (var n in (ReadOnlySpan<int>)[Losses, Copies, Replays, Delays, Early, Late, Alterations, Attacks])
        {
            BinaryPrimitives.WriteUInt16BigEndian(to, (ushort)n);
            to = to[2..];
        }
    }
}
