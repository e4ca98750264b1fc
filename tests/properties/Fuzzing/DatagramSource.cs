using System.Collections.Immutable;
using System.Net;
using RefIke.Engine;
using RefIke.Exchanges.Phase1;
using RefIke.Wire;
using Cookie = RefIke.Wire.Cookie;

namespace RefIke.Properties.Fuzzing;

/// <summary>
/// Datagrams for one target, in all proportions from random octets to garbage that is sealed with its own keys.
/// </summary>
internal sealed class DatagramSource
{
    private const string ClearMade = "clear, fields or payloads changed";
    private const string HostileMade = "sealed, HASH right";


    private static readonly ExchangeType[] Exchanges =
        [ExchangeType.MainMode, ExchangeType.QuickMode, ExchangeType.Informational];

    private static readonly ImmutableArray<Octets> All = [.. Life.All.SelectMany(l => l.Datagrams)];

    private readonly Random random;
    private readonly Target target;
    private readonly Octets[] recorded;
    private readonly Octets[] clear;
    private readonly SealedGarbage garbage;

    public DatagramSource(Random random, Target target)
    {
        (this.random, this.target) = (random, target);
        recorded = [.. target.Life.Datagrams];
        clear = [.. recorded.Where(d => !Life.IsEncrypted(d))];
        garbage = new SealedGarbage(random, target.Setup);
    }

    /// <summary>
    /// The next one for an endpoint whose state is this. From a hostile peer it may hold a right HASH.
    /// </summary>
    public Shot Next(EndpointState state, bool hostile)
    {
        var (made, datagram) = random.Next(100) switch
        {
            < 4 => ("random octets", Mutation.Some(random, random.Next(1500))),
            < 8 => ("random payloads", Headed(state, Mutation.Some(random, random.Next(200)))),
            < 18 => ("recorded, octets changed", Mutation.Octets(random, Recorded(), Any(All))),
            < 26 => ("recorded, a header field changed", HeaderChanged(Recorded())),
            < 28 => ("recorded, sent again", Recorded()),
            < 31 => ("a fragment", Fragment(state)),
            < 64 => (ClearMade, ClearChanged(state)),
            < 90 when hostile => Sealed(state, true),
            _ => Sealed(state, false),
        };
        var remote = target.Setup.Connections[0].Remote;
        remote = random.Next(25) switch
        {
            0 => new IPEndPoint(new IPAddress([198, 51, 100, (byte)random.Next(4)]), 500),
            1 => new IPEndPoint(remote.Address, 1024 + random.Next(4)),
            _ => state.Isakmp.Values.FirstOrDefault()?.Remote ?? remote,
        };
        var known = made == HostileMade || target.Pending.Any(p => IsIn(p, datagram));
        var local = random.Next(8) == 0 ? target.Setup.NatLocal : target.Setup.Local;
        return new Shot(made, local, remote, datagram, known);
    }

    /// <summary>
    /// Whether it is a message to come, or differs from one only where nothing is protected: next payload, version,
    /// exchange type and flags.
    /// </summary>
    private static bool IsIn(Octets pending, byte[] datagram)
        => datagram.Length >= Header.Size && datagram.AsSpan(0, 16).SequenceEqual(pending.Span[..16])
            && datagram.AsSpan(20, 4).SequenceEqual(pending.Span[20..24])
            && datagram.AsSpan(Header.Size).StartsWith(pending.Span[Header.Size..]);

    private byte[] Recorded() => random.Next(8) == 0 ? Any(All) : Any(recorded);

    private byte[] Any(IReadOnlyList<Octets> datagrams) => datagrams[random.Next(datagrams.Count)].ToArray();

    private byte[] HeaderChanged(byte[] datagram)
    {
        Mutation.Change(random, datagram, Fields.OfHeader);
        return datagram;
    }

    /// <summary>
    /// A clear message of the life, or a clear Informational for one of the exchanges, spoilt up to three times. A
    /// message 1 often gets a fresh CKY-I, a later one the cookies of an exchange that is open now.
    /// </summary>
    private byte[] ClearChanged(EndpointState state)
    {
        var datagram = random.Next(12) > 0 ? Any(clear)
            : Headed(
                state, [0, 0, 0, 16, 0, 0, 0, 1, 1, 4, 0, (byte)random.Next(32), 1, 2, 3, 4], PayloadType.Notification);
        var (first, chain) = (datagram[16], datagram[Header.Size..]);
        for (var n = random.Next(4); n > 0; n--)
        {
            (first, chain) = Mutation.Chain(random, first, chain);
        }

        byte[] whole = [.. datagram[..Header.Size], .. chain];
        whole[16] = first;
        (whole[26], whole[27]) = ((byte)(whole.Length >> 8), (byte)(whole.Length & 0xff));
        var isFirst = whole.AsSpan(8, 8).IndexOfAnyExcept((byte)0) < 0;
        if (isFirst && random.Next(2) == 0)
        {
            random.NextBytes(whole.AsSpan(0, 8));
        }
        else if (!isFirst && random.Next(2) == 0 && Exchange(state) is { CKY_R.IsZero: false } p)
        {
            p.CKY_I.Write(whole);
            p.CKY_R.Write(whole.AsSpan(8));
        }

        return whole;
    }

    /// <summary>
    /// A part of a clear message, its number, flag and identifier as often wrong as right ([MS-IKEE] §2.2).
    /// </summary>
    private byte[] Fragment(EndpointState state)
    {
        var whole = ClearChanged(state);
        var half = whole.Length / 2;
        var isLast = random.Next(2) == 0;
        var number = random.Next(4) > 0 ? (isLast ? 2 : 1) : random.Next(256);
        Octets part = isLast ? whole[half..] : whole[..half];
        _ = Header.TryRead(whole, out var header, out _);
        var payload = new FragmentPayload((ushort)random.Next(1, 3), (byte)number, (byte)(isLast ? 1 : 0), part);
        var fragment = MessageWriter.Write(header with { Flags = HeaderFlags.None }, [payload]).ToArray();
        return random.Next(4) == 0 ? HeaderChanged(fragment) : fragment;
    }

    private (string Made, byte[] Datagram) Sealed(EndpointState state, bool rightHash)
        => garbage.Make(state, rightHash)?.ToArray() is not { } datagram ? (ClearMade, ClearChanged(state))
            : rightHash ? (HostileMade, datagram)
            : ("sealed, HASH random", random.Next(20) > 0 ? datagram : HeaderChanged(datagram));

    private Phase1State? Exchange(EndpointState state)
        => state.Isakmp.Values.ElementAtOrDefault(random.Next(Math.Max(1, state.Isakmp.Count)))?.Phase1;

    /// <summary>Payloads after a header with the cookies of one of the target's exchanges, where it has one.</summary>
    /// <param name="notify">The first payload of an Informational; null for any message.</param>
    private byte[] Headed(EndpointState state, byte[] payloads, PayloadType? notify = null)
    {
        var p = Exchange(state);
        var cky_i = p?.CKY_I ?? new Cookie((ulong)random.NextInt64() | 1);
        var cky_r = p is { Step: Phase1Step.AwaitSaR } && random.Next(2) == 0
            ? new Cookie((ulong)random.NextInt64())
            : p?.CKY_R ?? default;
        var exchange = notify is null ? Exchanges[random.Next(Exchanges.Length)] : ExchangeType.Informational;
        var flags = notify is null ? (HeaderFlags)random.Next(2) : HeaderFlags.None;
        var datagram = new byte[Header.Size + payloads.Length];
        var header = new Header(cky_i, cky_r, notify ?? (PayloadType)random.Next(14), 0x10, exchange, flags,
            (uint)random.Next(3), (uint)datagram.Length);
        header.Write(datagram);
        payloads.CopyTo(datagram, Header.Size);
        return datagram;
    }
}
