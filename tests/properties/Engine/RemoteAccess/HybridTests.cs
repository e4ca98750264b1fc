using RefIke.Crypto;
using RefIke.Crypto.Keys;
using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Exchanges.Phase1;
using RefIke.Properties.Engine.Phase1;
using RefIke.Wire;
using Xunit;
using static RefIke.Properties.Engine.RemoteAccess.AccessSetups;

namespace RefIke.Properties.Engine.RemoteAccess;

/// <summary>Hybrid authentication (draft-zegman-ike-hybrid-auth-01): A is the user, with no key of its own, B the edge device.</summary>
[JudgesFaults]
public sealed class HybridTests
{
    public static TheoryData<ExchangeType, AuthenticationMethod, bool> Ways
        => EitherBegins(
            from mode in new[] { ExchangeType.MainMode, ExchangeType.Aggressive }
            from method in new[] { AuthenticationMethod.RsaSignatures, AuthenticationMethod.DssSignatures }
            select (mode, method));

    /// <summary>§4.2: in both modes, with either kind of key, whoever begins, one signature and one HASH; then the user is asked for.</summary>
    [Theory]
    [MemberData(nameof(Ways))]
    [Clause("hybrid-4.2-01")]
    [Clause("hybrid-4.2-03")]
    [Clause("hybrid-5-01")]
    public void EdgeDeviceSignsAndTheUserIsAskedFor(ExchangeType mode, AuthenticationMethod method, bool userBegins)
    {
        var pair = Pair(mode, method);
        pair.Connect(userBegins ? pair.A : pair.B);
        pair.Settle();
        Assert.Single(pair.A.Pairs);
        Assert.Single(pair.B.Pairs);
        Assert.True(pair.B.Told.OfType<Effect.XauthEnded>().Single().Passed);
        Assert.Equal(mode == ExchangeType.Aggressive ? 3 : 6,
            pair.A.Told.Concat(pair.B.Told).OfType<Effect.Send>().Count(s => s.Datagram.Span[18] == (byte)mode));
        var exchange = $"{(mode == ExchangeType.Aggressive ? "Aggressive" : "Main")}ModeHybrid{(userBegins ? "Init" : "Resp")}";
        Assert.Contains(pair.A.Trace, t => t.Exchange == exchange);
        Assert.Null(pair.TraceFault());
    }

    /// <summary>§4.2, A-28: a signature of another key, or an identity that policy does not expect, is not the edge device.</summary>
    [Theory]
    [MemberData(nameof(Ways))]
    [Clause("hybrid-4.2-03")]
    public void SomebodyElseIsNotTheEdgeDevice(ExchangeType mode, AuthenticationMethod method, bool userBegins)
    {
        foreach (var otherKey in new[] { true, false })
        {
            var pair = Pair(mode, method, b => otherKey
                ? b.WithKeys(k => k with { RawKey = Phase1Setups.Key("mallory", method) })
                : b.With(c => c with { OwnIdentity = new IdentificationPayload(IdentificationType.Fqdn, 0, 0, Text("mallory")) }));
            pair.Connect(userBegins ? pair.A : pair.B);
            pair.Settle();
            Assert.Contains(pair.A.Rejections(), r => otherKey ? r is Rejection.SignatureRefused : r is Rejection.WrongIdentity);
            Assert.DoesNotContain(pair.A.Told, e => e is Effect.IsakmpEstablished);
            Assert.DoesNotContain(pair.A.Told.OfType<Effect.Send>(), s => s.Datagram.Span[18] == (byte)ExchangeType.Transaction);
        }
    }

    /// <summary>§4.2: a HASH of the user that does not verify is refused; nobody is asked for a password.</summary>
    [Theory]
    [MemberData(nameof(Ways))]
    [Clause("hybrid-4.2-01")]
    public void UserWithAnotherHashIsRefused(ExchangeType mode, AuthenticationMethod method, bool userBegins)
    {
        var pair = Pair(mode, method, null, a => a with { Formulas = new OtherHash(userBegins) });
        pair.Connect(userBegins ? pair.A : pair.B);
        pair.Settle();
        Assert.Contains(pair.B.Rejections(), r => r is Rejection.HashMismatch);
        Assert.DoesNotContain(pair.B.Told, e => e is Effect.IsakmpEstablished);
        Assert.Empty(pair.B.State.Transactions);
    }

    /// <summary>§4: the user who fails in XAUTH has no ISAKMP SA any more.</summary>
    [Theory]
    [InlineData(ExchangeType.MainMode)]
    [InlineData(ExchangeType.Aggressive)]
    [Clause("hybrid-4-01")]
    public void UserWhoFailsLosesTheIsakmpSa(ExchangeType mode)
    {
        var pair = Pair(mode, AuthenticationMethod.RsaSignatures, null, a => Host(a, password: "guess", hybrid: true));
        pair.Connect(pair.A);
        pair.Settle();
        Assert.Empty(pair.A.State.Isakmp);
        Assert.Empty(pair.B.State.Isakmp);
        Assert.Empty(pair.B.Pairs);
    }

    /// <summary>§4.2: a user that is asked for a certificate answers with an empty one, and is not asked further.</summary>
    [Fact]
    [Clause("hybrid-4.2-02")]
    public void UserThatIsAskedForACertificateSendsAnEmptyOne()
    {
        ICollection<Payload> sent = [];
        var pair = Pair(ExchangeType.MainMode, AuthenticationMethod.RsaSignatures, null, a => a with
        {
            Wiring = a.Wiring with
            {
                Guards = a.Wiring.Guards.Add("MainModeHybridInit.Initiator.PublicValueValid", (turn, verdict) =>
                {
                    var t = (Phase1Turn)turn;
                    t.After = t.After with { CertificateRequests = [new CertificateRequestPayload(CertificateEncoding.X509Signature, Octets.Empty)] };
                    return verdict;
                }),
                Sends = a.Wiring.Sends.Add("MainModeHybridInit.Initiator.IdAndHash", (turn, asWritten) =>
                {
                    asWritten();
                    sent = [.. ((Phase1Turn)turn).Outgoing];
                }),
            },
        });
        pair.Connect(pair.A);
        pair.Settle();
        Assert.Equal(0, Assert.Single(sent.OfType<CertificatePayload>()).Data.Length);
        Assert.Single(pair.B.Pairs);
    }

    /// <summary>The user's own HASH is made of nothing.</summary>
    private sealed class OtherHash(bool ofInitiator) : KeySchedule
    {
        public override byte[] HASH_I(Prf prf, Secret SKEYID, ReadOnlySpan<byte> g_xi, ReadOnlySpan<byte> g_xr, ReadOnlySpan<byte> CKY_I,
            ReadOnlySpan<byte> CKY_R, ReadOnlySpan<byte> SAi_b, ReadOnlySpan<byte> IDii_b)
            => ofInitiator ? new byte[20] : base.HASH_I(prf, SKEYID, g_xi, g_xr, CKY_I, CKY_R, SAi_b, IDii_b);

        public override byte[] HASH_R(Prf prf, Secret SKEYID, ReadOnlySpan<byte> g_xr, ReadOnlySpan<byte> g_xi, ReadOnlySpan<byte> CKY_R,
            ReadOnlySpan<byte> CKY_I, ReadOnlySpan<byte> SAi_b, ReadOnlySpan<byte> IDir_b)
            => ofInitiator ? base.HASH_R(prf, SKEYID, g_xr, g_xi, CKY_R, CKY_I, SAi_b, IDir_b) : new byte[20];
    }

    private static Pair Pair(ExchangeType mode, AuthenticationMethod method, Func<EndpointSetup, EndpointSetup>? changeB = null,
        Func<EndpointSetup, EndpointSetup>? changeA = null)
        => new(both: Phase1Setups.As(mode, method),
            changeA: s => (changeA ?? (a => a))(Host(s.WithKeys(k => k with { RawKey = null }), hybrid: true)),
            changeB: s => (changeB ?? (b => b))(Edge(s.WithKeys(k => k with { PeerKey = (PublicKey?)null }), hybrid: true)));
}
