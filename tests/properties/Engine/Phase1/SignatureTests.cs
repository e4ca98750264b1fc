using RefIke.Crypto;
using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.Engine.Phase1;

/// <summary>What is peculiar to authentication with signatures (RFC 2409 §5.1, RFC 4754), with raw keys.</summary>
[JudgesFaults]
public sealed class SignatureTests
{
    public static TheoryData<ExchangeType> Modes => [ExchangeType.MainMode, ExchangeType.Aggressive];

    /// <summary>RFC 2409 §5.1: a signature of another key is refused by either side, and no SA comes of it.</summary>
    [Theory]
    [MemberData(nameof(Modes))]
    [Clause("2408-5.12-01")]
    [Clause("2409-5.1-03")]
    [Clause("2409-5.1-08")]
    public void SignatureOfAnotherKeyIsRefused(ExchangeType mode)
    {
        foreach (var fromA in new[] { true, false })
        {
            var pair = Pair(mode, s => s.WithKeys(k => k with { RawKey = Phase1Setups.Key("Mallory", AuthenticationMethod.RsaSignatures) }));
            pair.Connect(fromA ? pair.A : pair.B);
            pair.Settle();
            pair.Run(120_000);
            Assert.Contains(pair.A.Told, e => e is Effect.Rejected { Why: Rejection.SignatureRefused { Notify: NotifyType.InvalidSignature or NotifyType.AuthenticationFailed } });
            Assert.DoesNotContain(pair.A.Told, e => e is Effect.IsakmpEstablished);
            Assert.Empty(pair.A.State.Isakmp);
            Assert.Empty(pair.B.Pairs);
            Assert.Null(pair.TraceFault());
        }
    }

    /// <summary>RFC 2409 §5.1, M-89: without a certificate and without a configured key nobody is believed.</summary>
    [Theory]
    [MemberData(nameof(Modes))]
    [Clause("2409-5.1-06")]
    public void WithoutAKeyToVerifyWithTheSignatureIsRefused(ExchangeType mode)
    {
        foreach (var fromA in new[] { true, false })
        {
            var pair = new Pair(both: s => As(mode)(s) is var set && s.Name == "A" ? set.WithKeys(k => k with { PeerKey = null }) : set);
            pair.Connect(fromA ? pair.A : pair.B);
            pair.Settle();
            pair.Run(120_000);
            Assert.Contains(pair.A.Told, e => e is Effect.Rejected
            {
                Why: Rejection.CertificateRefused { Fault: CryptoFault.NoCertificate, Notify: NotifyType.CertificateUnavailable },
            });
            Assert.DoesNotContain(pair.A.Told, e => e is Effect.IsakmpEstablished);
            Assert.Empty(pair.A.State.Isakmp);
            Assert.Null(pair.TraceFault());
        }
    }

    /// <summary>RFC 2407 §4.6.2: the signature is good, but it is somebody else's than policy expects: the exchange ends.</summary>
    [Theory]
    [MemberData(nameof(Modes))]
    public void GoodSignatureOfSomebodyElseEndsTheExchange(ExchangeType mode)
    {
        foreach (var fromA in new[] { true, false })
        {
            var pair = Pair(mode, s => s.With(c => c with { OwnIdentity = new IdentificationPayload(IdentificationType.Fqdn, 0, 0, "mallory.example"u8.ToArray()) }));
            pair.Connect(fromA ? pair.A : pair.B);
            pair.Settle();
            Assert.Contains(pair.A.Told, e => e is Effect.Rejected { Why: Rejection.WrongIdentity });
            Assert.DoesNotContain(pair.A.Told, e => e is Effect.IsakmpEstablished);
            Assert.Empty(pair.A.State.Isakmp);
            Assert.Null(pair.TraceFault());
        }
    }

    /// <summary>RFC 4945 §3.1.1, D-84: an address as identity is the one that the datagrams come from, unless policy says otherwise.</summary>
    [Theory]
    [MemberData(nameof(Modes))]
    [Clause("4945-3.1.1-01")]
    public void AddressOfAnotherHostIsRefusedUnlessPolicyAllowsIt(ExchangeType mode)
    {
        var elsewhere = new IdentificationPayload(IdentificationType.Ipv4Address, 0, 0, (byte[])[192, 0, 2, 7]);
        foreach (var allowed in new[] { true, false })
        {
            var pair = new Pair(both: s => As(mode)(s) is var set && s.Name == "A"
                ? set.With(c => c with { PeerIdentity = elsewhere }).WithKeys(k => k with { AddressMayDiffer = allowed })
                : set.With(c => c with { OwnIdentity = elsewhere }));
            pair.Connect(pair.B);
            pair.Settle();
            Assert.Equal(allowed ? 1 : 0, pair.A.Pairs.Count());
            Assert.Equal(!allowed, pair.A.Told.Any(e => e is Effect.Rejected { Why: Rejection.WrongIdentity }));
        }
    }

    /// <summary>RFC 2409 §5.1, B-07, B-58: signatures cut, stretched, empty, of zeros; the exchange waits on for the true one.</summary>
    [Theory]
    [InlineData(AuthenticationMethod.RsaSignatures)]
    [InlineData(AuthenticationMethod.DssSignatures)]
    [InlineData(AuthenticationMethod.EcdsaP256)]
    [Clause("2408-5.12-01")]
    public void ForgedSignaturesAreRefusedAndTheTrueOneStillTaken(AuthenticationMethod method)
    {
        var pair = new Pair(both: Phase1Setups.As(ExchangeType.Aggressive, method));
        pair.Connect(pair.A);
        var first = pair.Flying[0];
        pair.Flying.RemoveAt(0);
        pair.Deliver(first);
        var second = pair.Flying[0];
        var signature = Read(second.Datagram).OfType<SignaturePayload>().Single().Data.ToArray();
        byte[][] forged = [[], [0], new byte[signature.Length], signature[..^1], [.. signature, 0], [.. signature.Reverse()]];
        foreach (var SIG in forged)
        {
            pair.Deliver(second with { Datagram = With(second.Datagram, p => p is SignaturePayload ? new SignaturePayload(SIG) : p) });
        }

        Assert.Equal(forged.Length, pair.A.Told.Count(e => e is Effect.Rejected { Why: Rejection.SignatureRefused { Notify: not null } }));
        Assert.DoesNotContain(pair.A.Told, e => e is Effect.IsakmpEstablished);
        pair.Settle();
        Assert.Single(pair.A.Pairs);
    }

    /// <summary>RFC 2409 §5.1, M-88: HASH where SIG was negotiated is no message of the exchange.</summary>
    [Fact]
    public void HashInPlaceOfASignatureIsNoMessageOfTheExchange()
    {
        var pair = new Pair(both: As(ExchangeType.Aggressive));
        pair.Connect(pair.A);
        var first = pair.Flying[0];
        pair.Flying.RemoveAt(0);
        pair.Deliver(first);
        pair.Deliver(pair.Flying[0] with { Datagram = With(pair.Flying[0].Datagram, p => p is SignaturePayload ? new HashPayload(new byte[20]) : p) });
        Assert.Contains(pair.A.Told, e => e is Effect.Rejected { Why: Rejection.WrongPayloads });
        pair.Settle();
        Assert.Single(pair.A.Pairs);
    }

    /// <summary>RFC 2409 §5.4, §5.1: one address, several connections: the offer's method says which one is meant.</summary>
    [Theory]
    [MemberData(nameof(Modes))]
    public void ConnectionIsChosenByTheMethodInTheOffer(ExchangeType mode)
    {
        var pair = new Pair(both: s =>
        {
            var (psk, signed) = (Phase1Setups.As(mode, AuthenticationMethod.PreSharedKey)(s).Connections[0], As(mode)(s).Connections[0]);
            return s with { Connections = s.Name == "A" ? [psk with { Name = "psk" }, signed] : [signed] };
        });
        pair.Connect(pair.B);
        pair.Settle();
        Assert.Equal("t", Assert.Single(pair.A.Pairs).Connection);
    }

    private static Func<EndpointSetup, EndpointSetup> As(ExchangeType mode) => Phase1Setups.As(mode, AuthenticationMethod.RsaSignatures);

    private static System.Collections.Immutable.ImmutableArray<Payload> Read(Octets datagram)
        => MessageReader.TryRead(datagram.Memory, out var message, out _) ? message!.Payloads : throw new InvalidOperationException("no message");

    private static Octets With(Octets datagram, Func<Payload, Payload> change)
        => MessageReader.TryRead(datagram.Memory, out var message, out _)
            ? MessageWriter.Write(message!.Header, [.. message.Payloads.Select(change)])
            : throw new InvalidOperationException("no message");

    private static Pair Pair(ExchangeType mode, Func<EndpointSetup, EndpointSetup> peer) => new(both: As(mode), changeB: peer);
}
