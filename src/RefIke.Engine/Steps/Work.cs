using System.Collections.Immutable;
using System.Net;
using RefIke.Exchanges;
using RefIke.Exchanges.Machines;
using RefIke.Exchanges.Negotiation;
using RefIke.Exchanges.Phase1;
using RefIke.Wire;

namespace RefIke.Engine.Steps;

/// <summary>A step in progress: the state as it stands, and the effects so far.</summary>
internal sealed class Work(Endpoint endpoint, EndpointState state, Instant now)
{
    public Endpoint Endpoint { get; } = endpoint;

    public EndpointSetup Setup => Endpoint.Setup;

    public Timing Timing => Endpoint.Setup.Timing;

    public Instant Now { get; } = now;

    /// <summary>The time of day, in seconds since 1970.</summary>
    public long UnixSeconds => Setup.UnixSecondsAtZero + (Now.Milliseconds / 1000);

    public EndpointState State { get; set; } = state;

    /// <summary>Where the step's datagram arrived and came from; null for orders and timers.</summary>
    public (IPEndPoint Local, IPEndPoint Remote)? Arrival { get; set; }

    public ImmutableArray<Effect>.Builder Effects { get; } = ImmutableArray.CreateBuilder<Effect>();

    public void Tell(Effect effect) => Effects.Add(effect);

    public void Reject(ExchangeName exchange, Rejection? why)
    {
        if (why is not null)
        {
            Tell(new Effect.Rejected(exchange, why));
        }
    }

    public void Trace(ExchangeName exchange, TraceEntry? taken)
    {
        if (taken is not null && taken.State != taken.Next)
        {
            Tell(new Effect.Traced(exchange, taken));
        }
    }

    public void Send(IPEndPoint local, IPEndPoint remote, Octets datagram, bool isResend)
        => Tell(new Effect.Send(local, remote, datagram, isResend));

    public void Start(TimerId timer, long milliseconds)
        => State = State with { Timers = State.Timers.SetItem(timer, Now.After(milliseconds)) };

    public void Stop(TimerId timer) => State = State with { Timers = State.Timers.Remove(timer) };

    public void Put(IsakmpEntry entry) => State = State with { Isakmp = State.Isakmp.SetItem(entry.Own.Value, entry) };

    public void Put(QuickModeEntry entry)
        => State = State with { QuickModes = State.QuickModes.SetItem((entry.Own, entry.State.Name.M_ID), entry) };

    public void Put(TransactionEntry entry)
        => State = State with { Transactions = State.Transactions.SetItem((entry.Own, entry.State.Name.M_ID), entry) };

    public void Put(NewGroupEntry entry)
        => State = State with { NewGroups = State.NewGroups.SetItem((entry.Own, entry.State.Name.M_ID), entry) };

    public void Put(IpsecPair pair) => State = State with { Pairs = State.Pairs.SetItem(pair.Spi, pair) };

    /// <summary>
    /// The newest ISAKMP SA with the peer of a pair under which phase 2 may be spoken, or null (D-141).
    /// </summary>
    public IsakmpEntry? NewestSa(IpsecPair pair) => NewestSas(pair.Connection).FirstOrDefault(e => Peers.AreOne(this, e, pair));

    /// <summary>
    /// The newest one that may serve a Quick Mode of this child: alone where it wants PFS of identities, and with the
    /// peer of the pair that is to be replaced.
    /// </summary>
    public IsakmpEntry? ServingSa(string connection, ChildPolicy child, uint? replaces)
        => NewestSas(connection).FirstOrDefault(e => !e.Spent && (!child.IdentityPfs || !e.Served)
            && (replaces is not { } spi || !State.Pairs.TryGetValue(spi, out var old) || Peers.AreOne(this, e, old)));

    public Connection? Connection(string name) => Setup.Connections.FirstOrDefault(c => c.Name == name);

    /// <summary>A message id that this ISAKMP SA has not seen; the roles of phase 1 draw from different halves (D-209).</summary>
    [Clause("2408-3.1-10")]
    public (IsakmpEntry Entry, uint M_ID) NewMessageId(IsakmpEntry entry)
    {
        var name = entry.Phase1.Name;
        uint id;
        do
        {
            var made = entry.MadeIds;
            entry = entry with { MadeIds = made + 1 };
            var octets = Setup.Randomness.Bytes("M-ID", name with { M_ID = made }, 4);
            id = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(octets);
            id = entry.Phase1.Role == Role.Initiator ? id & 0x7fffffff : id | 0x80000000;
        }
        while (id == 0 || entry.MessageIds.Contains(id));

        entry = entry with { MessageIds = entry.MessageIds.Add(id) };
        Put(entry);
        return (entry, id);
    }

    /// <summary>
    /// SPIs for a Quick Mode that may make so many pairs: of 256 or more, and such that no live pair and no open Quick
    /// Mode here has them (RFC 2406 §2.1, D-123, D-210); a CPI where one may be wanted (RFC 3173 §3.3).
    /// </summary>
    [Clause("3948-1-01")]
    [Clause("2408-5.5-04")]
    public ImmutableArray<OwnSpis> NewSpis(ExchangeName exchange, int pairs, bool compresses)
    {
        var taken = State.Pairs.Keys.Concat(State.QuickModes.Values.SelectMany(q => q.State.Own.Select(o => o.Spi)))
            .ToHashSet();
        var cpis = State.Pairs.Values.SelectMany(p => p.Bundle).Where(s => s.Suite is IpcompSuite).Select(s => s.OwnSpi)
            .Concat(State.QuickModes.Values.SelectMany(q => q.State.Own.Select(o => (uint)o.Cpi))).ToHashSet();
        var made = ImmutableArray.CreateBuilder<OwnSpis>();
        for (var n = 0; n < pairs; n++)
        {
            var place = n == 0 ? "" : $".{n}";
            var spi = Fresh($"SPI{place}", 4, taken, 256, uint.MaxValue);
            var cpi = compresses ? Fresh($"CPI{place}", 2, cpis, IpcompSuite.LeastCpi, IpcompSuite.GreatestCpi) : 0;
            made.Add(new OwnSpis(spi, (ushort)cpi));
        }

        return made.ToImmutable();

        uint Fresh(string purpose, int octets, HashSet<uint> used, uint least, uint greatest)
        {
            for (var attempt = 0; ; attempt++)
            {
                var name = attempt == 0 ? purpose : $"{purpose}/{attempt}";
                var number = Setup.Randomness.Bytes(name, exchange, octets).Aggregate(0U, (n, o) => (n << 8) | o);
                if (number >= least && number <= greatest && used.Add(number))
                {
                    return number;
                }
            }
        }
    }

    private IEnumerable<IsakmpEntry> NewestSas(string connection)
        => State.Isakmp.Values.Where(e => e.Connection == connection && e.IsOpen)
            .OrderByDescending(e => e.Established!.Value).ThenBy(e => e.Own.Value);
}
