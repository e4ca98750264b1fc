using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Reflection;
using RefIke.Crypto;
using RefIke.Crypto.Keys;
using RefIke.Crypto.PublicKeyEncryption;
using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Exchanges.Negotiation;
using RefIke.Exchanges.Phase1;
using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.Engine.Phase1;

/// <summary>The form of the messages of public key encryption and its revised mode (RFC 2409 §5, §5.2, §5.3).</summary>
[JudgesFaults]
public sealed class EncryptedFormTests
{
    private const AuthenticationMethod Pke = AuthenticationMethod.RsaEncryption;
    private const AuthenticationMethod Rpke = AuthenticationMethod.RevisedRsaEncryption;

    private static readonly PayloadType[] Encrypted =
        [PayloadType.Nonce, PayloadType.KeyExchange, PayloadType.Identification, PayloadType.Certificate];

    /// <summary>RFC 2409 §5, D-77: in Aggressive Mode what is used before the answer comes cannot be negotiated.</summary>
    [Theory]
    [InlineData(Pke, 2)]
    [InlineData(Rpke, 1)]
    [Clause("2409-5-22")]
    public void OfferHasWhatIsUsedBeforeTheAnswer(AuthenticationMethod method, int offered)
    {
        var pair = new Pair(
            "aes128-sha1-modp1024,aes256-sha1-modp1024,aes128-md5-modp1024", both: Phase1Setups.As(ExchangeType.Aggressive, method));
        pair.Connect(pair.A);
        var transforms = Read(pair.Flying[0].Datagram).OfType<SecurityAssociationPayload>().Single().Proposals.Single().Transforms;
        var suites = transforms.Select(t => Phase1Suite.TryRead(t, out var suite, out _) ? suite! : throw new InvalidOperationException($"{t}")).ToArray();
        Assert.Equal(offered, suites.Length);
        Assert.All(suites, s => Assert.Equal(HashFunction.Sha1, s.Hash));
        pair.Settle();
        Assert.Single(pair.B.Pairs);
    }

    /// <summary>RFC 2409 §5.2: a clear generic header whose length counts itself and one RSA block.</summary>
    [Fact]
    [Clause("2409-5.2-07")]
    public void LengthCountsTheCiphertext()
    {
        var third = Third(Pke).Flying[0].Datagram;
        var block = ((RsaPublicKey)Phase1Setups.Key("B", Pke).PublicKey).Length;
        var lengths = Lengths(third.ToArray());
        Assert.Equal([PayloadType.KeyExchange, PayloadType.Identification, PayloadType.Nonce], lengths.Select(l => l.Type));
        Assert.Equal([4 + block, 4 + block], lengths.Skip(1).Select(l => l.Length));
    }

    /// <summary>RFC 2409 §5.3: the nonce first; what stands before it is not encrypted with its key, and the message is dropped.</summary>
    [Fact]
    [Clause("2409-5.3-08")]
    public void NonceStandsBeforeWhatItsKeyEncrypts()
    {
        var pair = Third(Rpke);
        var third = pair.Flying[0];
        pair.Flying.RemoveAt(0);
        var payloads = Read(third.Datagram);
        Assert.Equal([PayloadType.Nonce, PayloadType.KeyExchange, PayloadType.Identification], payloads.Select(p => p.Type));
        foreach (var order in (int[][])[[1, 0, 2], [2, 0, 1], [1, 2, 0]])
        {
            pair.Deliver(third with { Datagram = MessageWriter.Write(HeaderOf(third.Datagram), [.. order.Select(n => payloads[n])]) });
            Assert.Empty(pair.Flying);
        }

        Assert.Equal(3, pair.B.Told.Count(e => e is Effect.Rejected { Why: Rejection.Undecodable }));
        pair.Deliver(third);
        pair.Settle();
        Assert.Single(pair.B.Pairs);
    }

    /// <summary>RFC 2409 §5.3: Ne and Ke are made where they are needed; no secret of the state is one of them, on the way or at the end.</summary>
    [Fact]
    [Clause("2409-5.3-04")]
    public void EphemeralKeysAreNoPartOfTheState()
    {
        var pair = Third(Rpke);
        Check(pair.A);
        while (pair.Flying.Count > 0)
        {
            pair.DeliverNext();
            Check(pair.A);
            Check(pair.B);
        }

        Assert.NotNull(pair.A.State.Isakmp.Values.Single().Phase1.Keys);

        static void Check(Side side)
        {
            var phase1 = side.State.Isakmp.Values.Single().Phase1;
            var (f, prf, cipher) = (RevisedKeySchedule.Rfc2409, phase1.Suite!.Prf, phase1.Suite.Cipher);
            var (ne_i, ne_r) = (
                f.Ne_i(prf, Secret.Of(phase1.Ni_b.ToArray()), phase1.CKY_I.ToArray()),
                f.Ne_r(prf, Secret.Of(phase1.Nr_b.ToArray()), phase1.CKY_R.ToArray()));
            Secret[] gone = [ne_i, ne_r, f.Ke_i(prf, ne_i, cipher), f.Ke_r(prf, ne_r, cipher)];
            Assert.DoesNotContain(Secrets(phase1).Concat(phase1.Keys is { } keys ? Secrets(keys) : []), gone.Contains);
        }
    }

    /// <summary>RFC 2409 §5.2, D-114: a nonce in clear is no encrypted one. Its octets are not believed, and nothing tells its sender so.</summary>
    [Fact]
    [Clause("2409-5.2-01")]
    public void NonceInClearIsNotBelieved()
    {
        var pair = Third(AuthenticationMethod.RsaEncryption);
        var good = pair.Flying.Single();
        Octets clear = Enumerable.Repeat((byte)0x5a, 16).ToArray();
        pair.Deliver(good with
        {
            Datagram = MessageWriter.Write(HeaderOf(good.Datagram), [.. Read(good.Datagram).Select(p => p.Type == PayloadType.Nonce ? new NoncePayload(clear) : p)]),
        });
        Assert.NotEqual(clear, pair.B.State.Isakmp.Values.Single().Phase1.Ni_b);
    }

    private static IEnumerable<Secret> Secrets(object state)
        => state.GetType().GetProperties(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
            .Where(p => p.PropertyType == typeof(Secret)).Select(p => (Secret?)p.GetValue(state)).OfType<Secret>();

    /// <summary>Main Mode, with message 3 on its way to B.</summary>
    private static Pair Third(AuthenticationMethod method)
    {
        var pair = new Pair(both: Phase1Setups.As(ExchangeType.MainMode, method));
        pair.Connect(pair.A);
        for (var n = 0; n < 2; n++)
        {
            pair.DeliverNext();
        }

        return pair;
    }

    private static Header HeaderOf(Octets datagram)
        => Header.TryRead(datagram.Span, out var header, out _) ? header : throw new InvalidOperationException("no header");

    private static ImmutableArray<Payload> Read(Octets datagram)
        => MessageReader.TryRead(datagram.Memory, Encrypted, out var message, out _) ? message!.Payloads : throw new InvalidOperationException("no message");

    /// <summary>Types and lengths as the generic headers have them.</summary>
    private static List<(PayloadType Type, int Length)> Lengths(byte[] datagram)
    {
        var (found, type, at) = (new List<(PayloadType, int)>(), datagram[16], Header.Size);
        while (type != 0)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(datagram.AsSpan(at + 2));
            found.Add(((PayloadType)type, length));
            (type, at) = (datagram[at], at + length);
        }

        Assert.Equal(datagram.Length, at);
        return found;
    }
}
