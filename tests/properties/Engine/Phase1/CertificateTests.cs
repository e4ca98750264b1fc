using System.Net;
using RefIke.Crypto;
using RefIke.Crypto.Certificates;
using RefIke.Crypto.Keys;
using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Exchanges.Phase1;
using RefIke.Wire;
using Xunit;
using Encoding = RefIke.Wire.CertificateEncoding;

namespace RefIke.Properties.Engine.Phase1;

/// <summary>Signatures with certificates (RFC 2409 §5.1, RFC 4945): asked for, sent, checked, and bound to the identity.</summary>
[JudgesFaults]
public sealed class CertificateTests
{
    private const long Begins = 1_700_000_000;
    private const AuthenticationMethod Rsa = AuthenticationMethod.RsaSignatures;
    private static readonly PrivateKey CaKey = Phase1Setups.Key("CA", Rsa);
    private static readonly PrivateKey OtherCaKey = Phase1Setups.Key("another CA", Rsa);
    private static readonly Certificate Ca = Authority("CN=CA", CaKey);
    private static readonly Certificate OtherCa = Authority("CN=another CA", OtherCaKey);

    public static TheoryData<ExchangeType> Modes => [ExchangeType.MainMode, ExchangeType.Aggressive];

    public static TheoryData<ExchangeType, string> BadCertificates
    {
        get
        {
            var data = new TheoryData<ExchangeType, string>();
            foreach (var mode in new[] { ExchangeType.MainMode, ExchangeType.Aggressive })
            {
                foreach (var what in new[] { "another CA", "expired", "not yet valid", "another name", "no name", "signed by a peer" })
                {
                    data.Add(mode, what);
                }
            }

            return data;
        }
    }

    /// <summary>RFC 2408 §3.10, D-57, D-59: each side asks for a certificate of its authority, and gets it; the messages stay as many.</summary>
    [Theory]
    [MemberData(nameof(Modes))]
    [Clause("2408-3.10-02")]
    [Clause("2409-5-08")]
    [Clause("2409-5.1-05")]
    [Clause("4945-3.2.6-01")]
    [Clause("4945-3.2.7.1-02")]
    public void CertificatesAreAskedForAndSent(ExchangeType mode)
    {
        foreach (var fromA in new[] { true, false })
        {
            var pair = Pair(mode);
            pair.Connect(fromA ? pair.A : pair.B);
            pair.Settle();
            Assert.Single(pair.A.Pairs);
            Assert.Single(pair.B.Pairs);
            Assert.Equal(mode == ExchangeType.Aggressive ? 3 : 6, pair.A.Told.Concat(pair.B.Told).OfType<Effect.Send>().Count(s => s.Datagram.Span[18] == (byte)mode));
            Assert.Null(pair.TraceFault());
        }
    }

    /// <summary>RFC 2409 §5.1: CERT is optional. Who holds the peer's certificate needs none, and none is sent unasked.</summary>
    [Theory]
    [MemberData(nameof(Modes))]
    [Clause("2409-5.1-05")]
    [Clause("4945-3.3.6-02")]
    public void HeldCertificatesNeedNotBeSent(ExchangeType mode)
    {
        var pair = new Pair(both: s => Certified(mode)(s).WithKeys(k => k with
        {
            Sending = CertificateSending.Never,
            Trust = new TrustStore([Ca], [Certificate(s.Name == "A" ? "B" : "A")], []),
        }));
        pair.Connect(pair.A);
        pair.Settle();
        Assert.Single(pair.A.Pairs);
        var second = pair.B.Told.OfType<Effect.Send>().First(s => s.Datagram.Span[18] == (byte)mode);
        Assert.DoesNotContain(Read(second.Datagram), p => p is CertificatePayload);
    }

    /// <summary>RFC 4945 §3.3.6: by default nothing is sent to a peer that asks for nothing, as it knows the key.</summary>
    [Theory]
    [MemberData(nameof(Modes))]
    [Clause("4945-3.3.6-01")]
    public void NothingIsSentUnasked(ExchangeType mode)
    {
        var pair = new Pair(both: s => Certified(mode)(s).WithKeys(k => s.Name == "A"
            ? k with { PeerKey = Phase1Setups.Key("B", Rsa).PublicKey } : k with { Sending = default }));
        pair.Connect(pair.A);
        pair.Settle();
        Assert.Single(pair.A.Pairs);
        Assert.DoesNotContain(pair.A.State.Isakmp.Values.Single().Phase1.CertificatesReceived, _ => true);
        var second = pair.B.Told.OfType<Effect.Send>().First(s => s.Datagram.Span[18] == (byte)mode);
        Assert.DoesNotContain(Read(second.Datagram), p => p is CertificatePayload);
    }

    /// <summary>RFC 4945 §3.3.6: unasked, certificates are sent where policy says so, intermediates with them.</summary>
    [Theory]
    [MemberData(nameof(Modes))]
    [Clause("4945-3.3.6-01")]
    public void ChainIsSentUnaskedWherePolicySaysSo(ExchangeType mode)
    {
        var middleKey = Phase1Setups.Key("intermediate CA", Rsa);
        var middle = CertificateMaker.Issue(Recipe("CN=intermediate CA") with { IsCa = true }, middleKey.PublicKey, Ca, CaKey);
        var pair = Pair(mode, s => s.WithKeys(k => k with
        {
            Credentials = [Credential("B", Issued("B", middle, middleKey), middle)],
            Sending = CertificateSending.Always,
        }));
        pair.Connect(pair.B);
        pair.Settle();
        Assert.Single(pair.A.Pairs);
    }

    /// <summary>RFC 4945 §3.1, §5.1, M-92: a certificate that is not trusted, not valid, or not this identity's is refused by either side.</summary>
    [Theory]
    [MemberData(nameof(BadCertificates))]
    [Clause("2409-5.1-06")]
    [Clause("4945-3.1-01")]
    [Clause("4945-3.2.7.2-01")]
    [Clause("2407-4.6.2.1-01")]
    public void CertificateThatProvesNothingIsRefused(ExchangeType mode, string what)
    {
        var peer = Issued("C", Ca, CaKey, r => r with { AlternativeNames = [AlternativeName.Dns("c.example")] });
        var (certificate, fault) = what switch
        {
            "another CA" => (Issued("B", OtherCa, OtherCaKey), typeof(CryptoFault.NoTrustAnchor)),
            "expired" => (Issued("B", Ca, CaKey, r => r with { NotAfter = Begins - 1 }), typeof(CryptoFault.Expired)),
            "not yet valid" => (Issued("B", Ca, CaKey, r => r with { NotBefore = Begins + 100_000 }), typeof(CryptoFault.NotYetValid)),
            "another name" => (Issued("B", Ca, CaKey, r => r with { AlternativeNames = [AlternativeName.Ip([192, 0, 2, 1])] }), typeof(CryptoFault.IdentityNotCertified)),
            "no name" => (Issued("B", Ca, CaKey, r => r with { AlternativeNames = [] }), typeof(CryptoFault.IdentityNotCertified)),
            _ => (Issued("B", peer, Phase1Setups.Key("C", Rsa)), typeof(CryptoFault.NotCa)),
        };
        foreach (var fromA in new[] { true, false })
        {
            var pair = Pair(mode, s => s.WithKeys(k => k with { Credentials = [Credential("B", certificate, peer)], Sending = CertificateSending.Always }));
            pair.Connect(fromA ? pair.A : pair.B);
            pair.Settle();
            pair.Run(120_000);
            var refused = pair.A.Told.OfType<Effect.Rejected>().Select(r => r.Why).OfType<Rejection.CertificateRefused>().ToArray();
            Assert.NotEmpty(refused);
            Assert.All(refused, r => Assert.True(r.Fault.GetType() == fault, $"{r.Fault}"));
            Assert.DoesNotContain(pair.A.Told, e => e is Effect.IsakmpEstablished);
            Assert.Empty(pair.A.State.Isakmp);
            Assert.Null(pair.TraceFault());
        }
    }

    /// <summary>RFC 2407 §4.6.2: a good certificate of somebody whom policy does not expect ends the exchange.</summary>
    [Theory]
    [MemberData(nameof(Modes))]
    public void CertifiedStrangerIsRefused(ExchangeType mode)
    {
        foreach (var fromA in new[] { true, false })
        {
            var pair = Pair(mode, s => s.With(c => c with { OwnIdentity = new IdentificationPayload(IdentificationType.Fqdn, 0, 0, "mallory.example"u8.ToArray()) })
                .WithKeys(k => k with
                {
                    Credentials = [Credential("B", Issued("B", Ca, CaKey, r => r with { AlternativeNames = [AlternativeName.Dns("mallory.example")] }))],
                    Sending = CertificateSending.Always,
                }));
            pair.Connect(fromA ? pair.A : pair.B);
            pair.Settle();
            Assert.Contains(pair.A.Told, e => e is Effect.Rejected { Why: Rejection.WrongIdentity });
            Assert.DoesNotContain(pair.A.Told, e => e is Effect.IsakmpEstablished);
        }
    }

    /// <summary>RFC 2408 §3.9: certificates are taken wherever they stand in phase 1, in message 3 of Main Mode as well.</summary>
    [Fact]
    public void CertificateInAnEarlierMessageIsTaken()
    {
        var pair = Pair(ExchangeType.MainMode, s => s.WithKeys(k => k with { Sending = CertificateSending.Never }));
        pair.Connect(pair.B);
        for (var n = 0; n < 2; n++)
        {
            pair.DeliverNext();
        }

        var third = pair.Flying[0];
        pair.Flying.RemoveAt(0);
        _ = MessageReader.TryRead(third.Datagram.Memory, out var message, out _);
        pair.Deliver(third with
        {
            Datagram = MessageWriter.Write(message!.Header, [.. message.Payloads, new CertificatePayload(Encoding.X509Signature, Certificate("B").Der)]),
        });
        pair.Settle();
        Assert.Single(pair.A.State.Isakmp.Values, e => e.Phase1.Step == Phase1Step.Established);
    }

    /// <summary>RFC 2408 §5.9, D-58: an encoding that is not read is passed over, and named where nothing else came.</summary>
    [Fact]
    [Clause("2408-5.9-01")]
    public void UnreadableCertificateIsNamed()
    {
        var pair = Pair(ExchangeType.Aggressive, s => s.WithKeys(k => k with { Sending = CertificateSending.Never }));
        pair.Connect(pair.A);
        var first = pair.Flying[0];
        pair.Flying.RemoveAt(0);
        pair.Deliver(first);
        _ = MessageReader.TryRead(pair.Flying[0].Datagram.Memory, out var message, out _);
        pair.Deliver(pair.Flying[0] with
        {
            Datagram = MessageWriter.Write(message!.Header, [.. message.Payloads, new CertificatePayload(Encoding.Pgp, "no X.509"u8.ToArray())]),
        });
        Assert.Contains(pair.A.Told, e => e is Effect.Rejected
        {
            Why: Rejection.CertificateRefused { Fault: CryptoFault.EncodingUnsupported, Notify: NotifyType.InvalidCertEncoding },
        });
    }

    /// <summary>RFC 4945 §3.1: any address may connect where a certificate says who it is; nothing is begun from here, no renewal either.</summary>
    [Fact]
    public void CertificateIsEnoughFromAnyAddress()
    {
        var pair = new Pair(both: s => Certified(ExchangeType.MainMode)(s) is var set && s.Name == "A"
            ? set.With(c => c with { Remote = new IPEndPoint(IPAddress.Any, 500) }) : set);
        pair.Connect(pair.A);
        Assert.Empty(pair.Flying);
        Assert.Contains(pair.A.Told, e => e is Effect.Rejected { Why: Rejection.NoPolicy });
        pair.Connect(pair.B);
        pair.Settle();
        Assert.Single(pair.A.Pairs);
        pair.Do(pair.A, new Input.Renew(pair.A.State.Isakmp.Values.Single().Own));
        Assert.Empty(pair.Flying);
    }

    private static Func<EndpointSetup, EndpointSetup> Certified(ExchangeType mode) => setup
        => (Phase1Setups.As(mode, Rsa)(setup) with { UnixSecondsAtZero = Begins }).WithKeys(k => k with
        {
            RawKey = null,
            PeerKey = null,
            Credentials = [Credential(setup.Name, Certificate(setup.Name))],
            Trust = TrustStore.Of(Ca),
        });

    private static CertificateRecipe Recipe(string subject) => new() { Subject = subject, NotBefore = Begins - 1000, NotAfter = Begins + 50_000 };

    private static Certificate Authority(string subject, PrivateKey key) => CertificateMaker.SelfSigned(Recipe(subject) with { IsCa = true }, key);

    private static Certificate Certificate(string name) => Issued(name, Ca, CaKey);

    private static Certificate Issued(string name, Certificate issuer, PrivateKey key, Func<CertificateRecipe, CertificateRecipe>? change = null)
    {
        var recipe = Recipe($"CN={name}") with { AlternativeNames = [AlternativeName.Ip([10, 77, 0, name == "A" ? (byte)1 : (byte)2])] };
        return CertificateMaker.Issue(change?.Invoke(recipe) ?? recipe, Phase1Setups.Key(name, Rsa).PublicKey, issuer, key);
    }

    private static Credential Credential(string name, Certificate certificate, params Certificate[] others)
        => RefIke.Crypto.Certificates.Credential.TryCreate(Phase1Setups.Key(name, Rsa), certificate, others, out var credential, out var fault)
            ? credential : throw new InvalidOperationException(fault.Reason);

    private static System.Collections.Immutable.ImmutableArray<Payload> Read(Octets datagram)
        => MessageReader.TryRead(datagram.Memory, out var message, out _) ? message!.Payloads : throw new InvalidOperationException("no message");

    private static Pair Pair(ExchangeType mode, Func<EndpointSetup, EndpointSetup>? peer = null) => new(both: Certified(mode), changeB: peer);
}
