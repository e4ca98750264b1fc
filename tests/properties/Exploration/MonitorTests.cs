using System.Collections.Immutable;
using System.Net;
using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Exchanges.Machines;
using RefIke.Exchanges.Negotiation;
using RefIke.Exchanges.Phase1;
using RefIke.Exchanges.Phase2;
using RefIke.Exploration.Monitors;
using RefIke.Exploration.Scenarios;
using RefIke.Properties.Engine;
using RefIke.Properties.Engine.RemoteAccess;
using RefIke.Properties.Specification;
using RefIke.Wire;
using Xunit;
using Cookie = RefIke.Wire.Cookie;

namespace RefIke.Properties.Exploration;

/// <summary>Each monitor is silent about what two honest endpoints do, and speaks where what it is about is changed.</summary>
public sealed class MonitorTests
{
    private static readonly IdentificationPayload Somebody = Selector.ToPayload(new IPAddress([10, 99, 0, 1]), 32);
    private readonly Pair pair = new();

    public MonitorTests()
    {
        pair.Connect(pair.A);
        pair.Settle();
    }

    /// <summary>S-01, S-03: an end that has seen another offer, KE, nonce or choice, is somebody else, or was not there at all.</summary>
    [Fact]
    public void EndsThatDisagreeAreFound()
    {
        Assert.Null(OfPhase1.Agreement(pair.A.State, pair.B.State, Ghost.Empty, "t"));
        Assert.Equal("S-01", Between(p => p with { SAi_b = new byte[] { 1 } }));
        Assert.Equal("S-01", Between(p => p with { g_xr = p.g_xi }));
        Assert.Equal("S-01", Between(p => p with { Ni_b = p.Nr_b }));
        Assert.Equal("S-01", Between(p => p with { Role = Role.Initiator }));
        Assert.Equal("S-01", Between(p => p with { IDir = Somebody }));
        Assert.Equal("S-03", Between(p => p with { Suite = SuiteNames.Phase1("3des-sha1-modp1024", 28800) }));
        Assert.Equal("S-01", OfPhase1.Agreement(pair.A.State, EndpointState.Empty, Ghost.Empty, "t")?.Property);
    }

    /// <summary>S-01: where secrets differ nobody may be authenticated.</summary>
    [Fact]
    public void AuthenticationIsFound()
    {
        var authenticated = Ghost.Empty with { Authenticated = Ghost.Empty.Authenticated.Add("a", "b") };
        Assert.Null(Said(AtTheEnd.NobodyAuthenticated, EndpointState.Empty, Ghost.Empty));
        Assert.NotNull(Said(AtTheEnd.NobodyAuthenticated, EndpointState.Empty, authenticated));
    }

    /// <summary>S-03: a choice that policy has not, or that was not offered, in phase 1 and in Quick Mode.</summary>
    [Fact]
    public void ChoiceOfNobodyIsFound()
    {
        var setup = pair.A.Endpoint.Setup;
        var (up, quick) = (pair.A.Told.OfType<Effect.IsakmpEstablished>().Single(), pair.A.Told.OfType<Effect.PairEstablished>().Single());
        var other = SuiteNames.Phase1("3des-sha1-modp1024", 28800)!;
        Assert.Null(OfPhase1.Choice(Step([up, quick]) with { Setup = setup }));
        Assert.Equal("S-03", OfPhase1.Choice(Step([up]) with { Setup = With(setup, c => c with { Suites = [other] }) })?.Property);
        Assert.Equal("S-03", OfPhase1.Choice(Step([quick]) with
        {
            Setup = With(setup, c => c with { Children = [c.Children[0] with { Suites = [SuiteNames.Esp("3des-sha1", 1000)!] }] }),
        })?.Property);
        Assert.Equal("S-03", OfPhase1.Choice(Step([up with { Phase1 = up.Phase1 with { Suite = other } }]) with
        {
            Setup = With(setup, c => c with { Suites = [other] }),
        })?.Property);
    }

    /// <summary>S-09: a first message under another message id has another IV; what phase 1 leaves is its last block.</summary>
    [Fact]
    public void OtherIvIsFound()
    {
        var first = pair.A.Told.OfType<Effect.Send>().First(s => s.Datagram.Span[18] == (byte)ExchangeType.QuickMode);
        Assert.Null(Ivs.Of(After([first])));
        Assert.Equal("S-09", Ivs.Of(After([first with { Datagram = Insider.Patched(first.Datagram, (23, (byte)(first.Datagram.Span[23] ^ 1))) }]))?.Property);
        var up = pair.B.Told.OfType<Effect.IsakmpEstablished>().Single();
        var sixth = pair.B.Told.OfType<Effect.Send>().First(s => s.Datagram.Span[18] == (byte)ExchangeType.MainMode && s.Datagram.Span[19] != 0);
        Assert.Null(Ivs.Of(After([sixth, up])));
        Assert.Equal("S-09", Ivs.Of(After([sixth, up with { Phase1 = up.Phase1 with { Iv = new byte[up.Phase1.Iv.Length] } }]))?.Property);
    }

    /// <summary>S-14, S-17: SAs of another peer that a datagram ends, or of one that INITIAL-CONTACT ends and that are not older.</summary>
    [Fact]
    public void DeleteOfAnotherIsFound()
    {
        var mine = pair.A.Pairs.Single();
        var sa = pair.A.State.Isakmp.Values.Single().Phase1;
        var older = mine with { Installed = new Instant(-1), Exchange = new ExchangeName(new Cookie(7), new Cookie(8), 9) };
        Effect contact = new Effect.Noted(sa.Name, NotifyType.InitialContact, true);
        Assert.Null(OfEnds.Ownership(After([new Effect.PairDeleted(mine, "")], sa)));
        Assert.Null(OfEnds.Ownership(After([contact, new Effect.PairDeleted(older, "")], sa)));
        Assert.Equal("S-14", OfEnds.Ownership(After([new Effect.PairDeleted(mine with { PeerIdentity = Somebody }, "")], sa))?.Property);
        Assert.Equal("S-14", OfEnds.Ownership(After([new Effect.PairDeleted(mine with { Connection = "u" }, "")], sa))?.Property);
        Assert.Equal("S-14", OfEnds.Ownership(After([new Effect.PairDeleted(mine, "")], sa with { CKY_R = new Cookie(1) }))?.Property);
        Assert.Equal("S-17", OfEnds.Ownership(After([contact, new Effect.PairDeleted(older with { Installed = mine.Installed }, "")], sa))?.Property);
        Assert.Equal("S-17", OfEnds.Ownership(After([contact, new Effect.PairDeleted(older with { Exchange = mine.Exchange }, "")], sa))?.Property);
    }

    /// <summary>S-15, S-35: something is sent under an SA that has ended; an exchange ends a second time.</summary>
    [Fact]
    public void UseAfterTheEndIsFound()
    {
        var quick = pair.A.Told.OfType<Effect.PairEstablished>().Single();
        var up = pair.A.Told.OfType<Effect.IsakmpEstablished>().Single();
        var last = pair.A.Told.OfType<Effect.Send>().Last();
        Assert.Equal("", Endings(up, last, quick, new Effect.IsakmpDeleted(up.Own, up.Phase1.CKY_I, up.Phase1.CKY_R, "")));
        Assert.Equal("S-15", Endings(new Effect.IsakmpDeleted(up.Own, up.Phase1.CKY_I, up.Phase1.CKY_R, ""), last));
        Assert.Equal("S-35", Endings(new Effect.ExchangeFailed(quick.Pair.Exchange, "", ""), quick));
        Assert.Equal("S-35", Endings(new Effect.ExchangeFailed(quick.Pair.Exchange, "", ""), new Effect.ExchangeFailed(quick.Pair.Exchange, "", "")));

        static string Endings(params Effect[] effects)
        {
            var ghost = Ghost.Empty;
            foreach (var effect in effects)
            {
                (ghost, var fault) = OfEnds.Ended(ghost, effect);
                if (fault is not null)
                {
                    return fault.Property;
                }
            }

            return "";
        }
    }

    /// <summary>S-19, L-11: more half-open exchanges than the limit, and any that is left in the end. S-22: a Quick Mode without its ISAKMP SA.</summary>
    [Fact]
    public void WhatIsLeftOpenIsFound()
    {
        var half = new Pair();
        half.Connect(half.A);
        half.DeliverNext();
        var state = half.B.State;
        var (one, none) = (half.B.Endpoint.Setup, half.B.Endpoint.Setup with { Limits = new Limits { HalfOpenPerAddress = 0 } });
        Assert.Null(OfEnds.HalfOpen(Step([]) with { After = state, Setup = one }));
        Assert.Equal("S-19", OfEnds.HalfOpen(Step([]) with { After = state, Setup = none })?.Property);
        Assert.NotNull(Said(AtTheEnd.NothingHalfOpen, state, Ghost.Empty));
        Assert.Null(Said(AtTheEnd.NothingHalfOpen, pair.B.State, Ghost.Empty));

        pair.Do(pair.A, new Input.Rekey(pair.A.Pairs.Single().Spi));
        Assert.Null(OfEnds.Orphan(Step([]) with { After = pair.A.State }));
        Assert.Equal("S-22", OfEnds.Orphan(Step([]) with { After = pair.A.State with { Isakmp = EndpointState.Empty.Isakmp } })?.Property);
    }

    /// <summary>S-29: an end's own message moves it, or its own KE is the peer's.</summary>
    [Fact]
    public void EchoIsFound()
    {
        var sent = pair.A.Told.OfType<Effect.Send>().Last();
        var moved = pair.A.Told.OfType<Effect.Traced>().First(t => t.Entry.State != t.Entry.Next);
        var step = Step([moved], new Input.DatagramArrived(sent.Local, sent.Remote, sent.Datagram)) with { Before = pair.A.State, After = pair.A.State };
        var remembers = Ghost.Empty with { Sent = [Digest.Of(sent.Datagram.Span)] };
        Assert.Null(OfPhase1.Echo(Ghost.Empty, step));
        Assert.Equal("S-29", OfPhase1.Echo(remembers, step)?.Property);
        Assert.Null(OfPhase1.Echo(remembers, step with { Effects = [] }));
        var up = pair.A.Told.OfType<Effect.IsakmpEstablished>().Single();
        Assert.Equal("S-29", OfPhase1.Echo(Ghost.Empty, Step([up with { Phase1 = up.Phase1 with { g_xr = up.Phase1.g_xi } }]))?.Property);
    }

    private static string? Said(Act demand, EndpointState state, Ghost past)
        => ((Act.Demand)demand).Fault(new Ends([state, EndpointState.Empty], [past, Ghost.Empty], 0, Instant.Zero));

    private static EndpointSetup With(EndpointSetup setup, Func<Connection, Connection> change)
        => setup with { Connections = [.. setup.Connections.Select(change)] };

    private static Taken Step(ImmutableArray<Effect> effects, Input? input = null)
        => new(Instant.Zero, EndpointState.Empty, input ?? new Input.TimerFired(default), EndpointState.Empty, effects, false);

    /// <summary>A step of A, from a state with its ISAKMP SA, by a datagram under these cookies.</summary>
    private Taken After(ImmutableArray<Effect> effects, Phase1State? carrier = null)
    {
        var side = effects.OfType<Effect.IsakmpEstablished>().Any() ? pair.B : pair.A;
        Input input = carrier is null ? new Input.TimerFired(default) : new Input.DatagramArrived(
            pair.A.Endpoint.Setup.Local, pair.B.Endpoint.Setup.Local,
            MessageWriter.Write(Header.Of(carrier.CKY_I, carrier.CKY_R, ExchangeType.Informational, 1), [new HashPayload(new byte[20])]));
        return Step(effects, input) with { Before = side.State, After = side.State };
    }

    private string? Between(Func<Phase1State, Phase1State> change)
    {
        var entry = pair.B.State.Isakmp.Values.Single();
        var changed = pair.B.State with { Isakmp = pair.B.State.Isakmp.SetItem(entry.Own.Value, entry with { Phase1 = change(entry.Phase1) }) };
        return OfPhase1.Agreement(pair.A.State, changed, Ghost.Empty, "t")?.Property;
    }
}
