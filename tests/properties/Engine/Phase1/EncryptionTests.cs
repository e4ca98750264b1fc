using RefIke.Crypto;
using RefIke.Crypto.Certificates;
using RefIke.Crypto.Keys;
using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Exchanges.Phase1;
using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.Engine.Phase1;

/// <summary>What is peculiar to public key encryption and its revised mode (RFC 2409 §5.2, §5.3).</summary>
[JudgesFaults]
public sealed class EncryptionTests
{
    private const long Begins = 1_700_000_000;
    private const AuthenticationMethod Pke = AuthenticationMethod.RsaEncryption;
    private const AuthenticationMethod Rpke = AuthenticationMethod.RevisedRsaEncryption;
    private static readonly PrivateKey CaKey = Phase1Setups.Key("CA", AuthenticationMethod.RsaSignatures);
    private static readonly Certificate Ca = CertificateMaker.SelfSigned(Recipe("CN=CA") with { IsCa = true }, CaKey);

    public static TheoryData<ExchangeType, AuthenticationMethod> Combinations => new()
    {
        { ExchangeType.MainMode, Pke },
        { ExchangeType.MainMode, Rpke },
        { ExchangeType.Aggressive, Pke },
        { ExchangeType.Aggressive, Rpke },
    };

    /// <summary>RFC 2409 §5.2, §5.3: neither identity nor nonce is to be seen in any clear message, in Aggressive Mode either (M-95).</summary>
    [Theory]
    [MemberData(nameof(Combinations))]
    [Clause("2409-5.2-01")]
    [Clause("2409-5.3-01")]
    [Clause("2409-5.2-06")]
    public void IdentitiesAndNoncesAreNowhereInClear(ExchangeType mode, AuthenticationMethod method)
    {
        var pair = new Pair(both: As(mode, method));
        pair.Connect(pair.A);
        pair.Settle();
        var phase1 = pair.A.State.Isakmp.Values.Single().Phase1;
        byte[][] hidden = method == Pke
            ? [phase1.Ni_b.ToArray(), phase1.Nr_b.ToArray(), phase1.IDii!.Body.ToArray(), phase1.IDir!.Body.ToArray()]
            : [phase1.Ni_b.ToArray(), phase1.Nr_b.ToArray(), phase1.IDii!.Body.ToArray(), phase1.IDir!.Body.ToArray(), phase1.g_xi.ToArray(), phase1.g_xr.ToArray()];
        foreach (var sent in pair.A.Told.Concat(pair.B.Told).OfType<Effect.Send>())
        {
            Assert.All(hidden, h => Assert.True(sent.Datagram.Span.IndexOf(h) < 0));
        }
    }

    /// <summary>RFC 2409 §5.2, §5.3: who cannot decrypt the nonce cannot make HASH; no SA comes of it, on either side.</summary>
    [Theory]
    [MemberData(nameof(Combinations))]
    public void WhoHoldsAnotherKeyIsNotAuthenticated(ExchangeType mode, AuthenticationMethod method)
    {
        foreach (var fromA in new[] { true, false })
        {
            var pair = new Pair(both: As(mode, method), changeB: s => s.WithKeys(k => k with { RawKey = Phase1Setups.Key("Mallory", method) }));
            pair.Connect(fromA ? pair.A : pair.B);
            pair.Settle();
            pair.Run(120_000);
            Assert.DoesNotContain(pair.A.Told.Concat(pair.B.Told), e => e is Effect.IsakmpEstablished);
            Assert.Contains(pair.A.Told.Concat(pair.B.Told), e => e is Effect.Rejected { Why: Rejection.HashMismatch or Rejection.Undecodable });
            Assert.Empty(pair.A.State.Isakmp);
            Assert.Empty(pair.B.State.Isakmp);
            Assert.Null(pair.TraceFault());
        }
    }

    /// <summary>RFC 2407 §4.6.2, D-114: a stranger who holds the key is told apart only after HASH has verified.</summary>
    [Theory]
    [MemberData(nameof(Combinations))]
    public void StrangerIsRefusedAfterHashAndNotBefore(ExchangeType mode, AuthenticationMethod method)
    {
        foreach (var fromA in new[] { true, false })
        {
            var pair = new Pair(both: As(mode, method), changeB: s => s.With(c => c with
            {
                OwnIdentity = new IdentificationPayload(IdentificationType.Fqdn, 0, 0, "mallory.example"u8.ToArray()),
            }));
            pair.Connect(fromA ? pair.A : pair.B);
            pair.Settle();
            Assert.Contains(pair.A.Told, e => e is Effect.Rejected { Why: Rejection.WrongIdentity });
            Assert.Equal(mode == ExchangeType.MainMode || !fromA, pair.A.Told.Any(e => e is Effect.KeysDerived));
            Assert.DoesNotContain(pair.A.Told, e => e is Effect.IsakmpEstablished);
            Assert.Empty(pair.A.State.Isakmp);
            Assert.Null(pair.TraceFault());
        }
    }

    /// <summary>
    /// RFC 2409 §5.2, A-31, M-94: to a forged ciphertext the responder answers as to a good one, and the exchange fails at HASH_I. The
    /// same bytes always get the same answer.
    /// </summary>
    [Fact]
    public void ForgedCiphertextIsAnsweredLikeAGoodOne()
    {
        foreach (var forged in new byte[][] { new byte[256], [.. Enumerable.Repeat((byte)0x55, 256)], [.. Enumerable.Repeat((byte)0xff, 256)], new byte[20] })
        {
            var answers = new List<Octets>();
            foreach (var type in new[] { PayloadType.Nonce, PayloadType.Identification })
            {
                var pair = new Pair(both: As(ExchangeType.MainMode, Pke));
                pair.Connect(pair.B);
                Deliver(pair, 2);
                var third = pair.Flying[0];
                pair.Flying.RemoveAt(0);
                pair.Deliver(third with { Datagram = With(third.Datagram, p => p.Type == type ? new EncryptedBodyPayload(type, forged) : p) });
                Assert.Equal(Phase1Step.AwaitHashI, pair.A.State.Isakmp.Values.Single().Phase1.Step);
                Assert.DoesNotContain(pair.A.Told, e => e is Effect.Rejected);
                answers.Add(pair.Flying[0].Datagram);
                pair.Settle();
                Assert.DoesNotContain(pair.A.Told, e => e is Effect.IsakmpEstablished);
            }

            Assert.Single(answers.Select(a => a.Length).Distinct());
        }
    }

    /// <summary>RFC 2409 §5.3: what does not open with the nonce's key is dropped without an answer, and the true message still taken.</summary>
    [Theory]
    [InlineData(ExchangeType.MainMode)]
    [InlineData(ExchangeType.Aggressive)]
    [Clause("2409-5.3-07")]
    public void RevisedPayloadsThatDoNotOpenAreDropped(ExchangeType mode)
    {
        var pair = new Pair(both: As(mode, Rpke));
        pair.Connect(pair.B);
        Deliver(pair, mode == ExchangeType.Aggressive ? 0 : 2);
        var message = pair.Flying[0];
        pair.Flying.RemoveAt(0);
        var sent = pair.A.Told.OfType<Effect.Send>().Count();
        foreach (var type in new[] { PayloadType.Nonce, PayloadType.KeyExchange, PayloadType.Identification })
        {
            foreach (var length in new[] { 1, 16, 256 })
            {
                pair.Deliver(message with { Datagram = With(message.Datagram, p => p.Type == type ? new EncryptedBodyPayload(type, new byte[length]) : p) });
            }
        }

        Assert.Equal(9, pair.A.Told.Count(e => e is Effect.Rejected { Why: Rejection.Undecodable or Rejection.BadPublicValue }));
        Assert.Equal(sent, pair.A.Told.OfType<Effect.Send>().Count());
        pair.Deliver(message);
        pair.Settle();
        Assert.Single(pair.A.Pairs);
        Assert.Null(pair.TraceFault());
    }

    /// <summary>RFC 2409 §5.2: HASH(1) says with which of its certificates' keys the responder is to decrypt.</summary>
    [Theory]
    [MemberData(nameof(Combinations))]
    [Clause("2409-5.2-03")]
    [Clause("4945-3.3.11.4-01")]
    public void ResponderFindsItsKeyByHash1(ExchangeType mode, AuthenticationMethod method)
    {
        var pair = new Pair(both: Certified(mode, method), changeB: s => s.WithKeys(k => k with
        {
            Credentials = [Credential("another", Certificate("another", 2)), .. k.Credentials],
        }));
        pair.Connect(pair.A);
        pair.Settle();
        Assert.Single(pair.B.Pairs);
        Assert.Null(pair.TraceFault());
    }

    /// <summary>RFC 2409 §5.2: HASH(1) that names none of our certificates is refused.</summary>
    [Theory]
    [MemberData(nameof(Combinations))]
    [Clause("2409-5.2-03")]
    public void Hash1OfAnUnknownCertificateIsRefused(ExchangeType mode, AuthenticationMethod method)
    {
        var pair = new Pair(both: s => s.Name == "A"
            ? Certified(mode, method)(s).WithKeys(k => k with { Credentials = [Credential("another", Certificate("another", 2))] })
            : Certified(mode, method)(s));
        pair.Connect(pair.B);
        pair.Settle();
        Assert.Contains(pair.A.Told, e => e is Effect.Rejected
        {
            Why: Rejection.CertificateRefused { Fault: CryptoFault.UnknownCertificateHash, Notify: NotifyType.InvalidHashInformation },
        });
        Assert.Empty(pair.A.Pairs);
        Assert.Null(pair.TraceFault());
    }

    /// <summary>RFC 2409 §5.3: the responder that holds no certificate of the initiator takes the one that comes with message 3 or 1.</summary>
    [Theory]
    [InlineData(ExchangeType.MainMode)]
    [InlineData(ExchangeType.Aggressive)]
    public void CertificateOfTheInitiatorComesEncryptedInTheRevisedMode(ExchangeType mode)
    {
        foreach (var sends in new[] { true, false })
        {
            var pair = new Pair(both: s => Certified(mode, Rpke)(s).WithKeys(k => k with
            {
                Trust = s.Name == "A" ? TrustStore.Of(Ca) : k.Trust,
                Sending = sends ? CertificateSending.Always : CertificateSending.Never,
            }));
            pair.Connect(pair.B);
            pair.Settle();
            Assert.Equal(sends ? 1 : 0, pair.A.Pairs.Count());
            Assert.Equal(!sends, pair.A.Told.Any(e => e is Effect.Rejected { Why: Rejection.CertificateRefused }));
            Assert.Null(pair.TraceFault());
        }
    }

    /// <summary>RFC 2409 §5.2: the initiator must have the responder's key already; without it nothing is sent.</summary>
    [Theory]
    [MemberData(nameof(Combinations))]
    [Clause("2409-5.2-05")]
    public void WithoutThePeersKeyNothingIsSent(ExchangeType mode, AuthenticationMethod method)
    {
        var pair = new Pair(both: s => As(mode, method)(s).WithKeys(k => s.Name == "A" ? k with { PeerKey = null } : k));
        pair.Connect(pair.A);
        Assert.Empty(pair.Flying);
        Assert.Contains(pair.A.Told, e => e is Effect.ExchangeFailed);
        Assert.Contains(pair.A.Told, e => e is Effect.Rejected { Why: Rejection.CertificateRefused { Fault: CryptoFault.NoCertificate } });
        Assert.Empty(pair.A.State.Isakmp);
        Assert.Null(pair.TraceFault());
    }

    /// <summary>D-112: an identity that one block of the peer's key cannot hold is not sent.</summary>
    [Theory]
    [InlineData(ExchangeType.MainMode)]
    [InlineData(ExchangeType.Aggressive)]
    [Clause("2409-5.2-05")]
    public void IdentityLongerThanOneBlockIsNotSent(ExchangeType mode)
    {
        var pair = new Pair(both: s => As(mode, Pke)(s).With(c => s.Name == "A"
            ? c with { OwnIdentity = new IdentificationPayload(IdentificationType.KeyId, 0, 0, new byte[300]) } : c));
        pair.Connect(pair.A);
        Assert.Empty(pair.Flying);
        Assert.Contains(pair.A.Told, e => e is Effect.Rejected { Why: Rejection.CertificateRefused { Fault: CryptoFault.BodyTooLong } });
    }

    private static Func<EndpointSetup, EndpointSetup> As(ExchangeType mode, AuthenticationMethod method) => Phase1Setups.As(mode, method);

    /// <summary>Each holds the other's certificate and names it by HASH(1).</summary>
    private static Func<EndpointSetup, EndpointSetup> Certified(ExchangeType mode, AuthenticationMethod method) => setup
        => (As(mode, method)(setup) with { UnixSecondsAtZero = Begins }).WithKeys(k => k with
        {
            RawKey = null,
            PeerKey = null,
            NamesPeerCertificate = true,
            Credentials = [Credential(setup.Name, Certificate(setup.Name, setup.Name == "A" ? (byte)1 : (byte)2))],
            Trust = new TrustStore([Ca], [setup.Name == "A" ? Certificate("B", 2) : Certificate("A", 1)], []),
        });

    private static CertificateRecipe Recipe(string subject) => new() { Subject = subject, NotBefore = Begins - 1000, NotAfter = Begins + 50_000 };

    private static Certificate Certificate(string name, byte host) => CertificateMaker.Issue(
        Recipe($"CN={name}") with { AlternativeNames = [AlternativeName.Ip([10, 77, 0, host])] }, Phase1Setups.Key(name, Pke).PublicKey, Ca, CaKey);

    private static Credential Credential(string name, Certificate certificate)
        => RefIke.Crypto.Certificates.Credential.TryCreate(Phase1Setups.Key(name, Pke), certificate, [], out var credential, out var fault)
            ? credential : throw new InvalidOperationException(fault.Reason);

    private static void Deliver(Pair pair, int count)
    {
        for (var n = 0; n < count; n++)
        {
            pair.DeliverNext();
        }
    }

    private static Octets With(Octets datagram, Func<Payload, Payload> change)
        => MessageReader.TryRead(datagram.Memory, [PayloadType.Identification, PayloadType.Nonce, PayloadType.Certificate], out var message, out _)
            ? MessageWriter.Write(message!.Header, [.. message.Payloads.Select(change)])
            : throw new InvalidOperationException("no message");
}
