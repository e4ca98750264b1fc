using System.Collections.Immutable;
using System.Net;
using RefIke.Exchanges;
using RefIke.Exchanges.Machines;
using RefIke.Exchanges.NewGroupMode;
using RefIke.Exchanges.Phase1;
using RefIke.Exchanges.Profiles.ModeConfig;
using RefIke.Wire;

namespace RefIke.Engine;

/// <summary>What a step wants done or known. Only <see cref="Send"/> asks the driver to act; the rest is told.</summary>
public abstract record Effect
{
    /// <summary>Send this datagram. From the NAT traversal port the driver puts the non-ESP marker in front (RFC 3948 §2.2).</summary>
    public sealed record Send(IPEndPoint Local, IPEndPoint Remote, Octets Datagram, bool IsResend) : Effect;

    /// <summary>The keys of a phase 1 exchange are known, the peer is not yet authenticated. For a key log only.</summary>
    public sealed record KeysDerived(Phase1State Phase1) : Effect;

    /// <summary>The peer is authenticated: an ISAKMP SA.</summary>
    public sealed record IsakmpEstablished(Cookie Own, string Connection, Phase1State Phase1) : Effect;

    /// <summary>An ISAKMP SA is gone.</summary>
    public sealed record IsakmpDeleted(Cookie Own, Cookie CKY_I, Cookie CKY_R, string Why) : Effect;

    /// <summary>XAUTH under an ISAKMP SA has ended; where the user is not let in, the SA goes too.</summary>
    /// <param name="User">The user name as sent: whatever octets the peer likes.</param>
    public sealed record XauthEnded(Cookie Own, string Connection, Octets User, bool Passed) : Effect;

    /// <summary>Mode Config has given the peer an address (<paramref name="ByUs"/>), or us.</summary>
    public sealed record Configured(Cookie Own, string Connection, AssignedConfiguration Configuration, bool ByUs) : Effect;

    /// <summary>A pair of IPsec SAs is up; <paramref name="Replaces"/> is the inbound SPI of the pair that it rekeys.</summary>
    public sealed record PairEstablished(IpsecPair Pair, uint? Replaces) : Effect;

    /// <summary>A pair is gone, both directions in one step.</summary>
    public sealed record PairDeleted(IpsecPair Pair, string Why) : Effect;

    /// <summary>
    /// Send the one octet 0xFF, without the non-ESP marker, so that a NAT does not forget us (RFC 3948 §2.3, §4).
    /// </summary>
    public sealed record Keepalive(IPEndPoint Local, IPEndPoint Remote) : Effect;

    /// <summary>
    /// The peer's address has changed: its NAT gave it another. The pairs that go there now stand as they are from now
    /// on.
    /// </summary>
    public sealed record PeerMoved(Cookie Own, string Connection, IPEndPoint From, IPEndPoint To,
        ImmutableArray<IpsecPair> Pairs) : Effect;

    /// <summary>The peer did not answer (RFC 3706 §5.4): all SAs with it go next.</summary>
    public sealed record PeerDied(Cookie Own, string Connection, IPEndPoint Remote) : Effect;

    /// <summary>A group was agreed on under the ISAKMP SA that the exchange belongs to (RFC 2409 §5.6).</summary>
    public sealed record GroupAgreed(ExchangeName Exchange, int Number, PrivateGroupAgreed Agreed) : Effect;

    /// <summary>An exchange ended without an SA.</summary>
    public sealed record ExchangeFailed(ExchangeName Exchange, string Kind, string Why) : Effect;

    /// <summary>A message, or an order, was not obeyed.</summary>
    public sealed record Rejected(ExchangeName Exchange, Rejection Why) : Effect;

    /// <summary>A notify came that was not an order: <paramref name="Authenticated"/> or a mere hint (D-156).</summary>
    public sealed record Noted(ExchangeName Exchange, NotifyType Type, bool Authenticated) : Effect;

    /// <summary>
    /// A fragment was kept: so many of its message are here now, and one at least is missing ([MS-IKEE] §2.2).
    /// </summary>
    public sealed record FragmentKept(ExchangeName Exchange, byte Number, int Held) : Effect;

    /// <summary>A row of a table was taken by the exchange with this name and role.</summary>
    public sealed record Traced(ExchangeName Exchange, TraceEntry Entry) : Effect;
}
