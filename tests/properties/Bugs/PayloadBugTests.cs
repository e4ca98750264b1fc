using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Properties.Engine;
using RefIke.Properties.Specification;
using RefIke.Properties.Wire.Refused;
using RefIke.Wire;
using Xunit;
using static RefIke.Properties.Bugs.Hostile;
using static RefIke.Properties.Specification.PlaceOfMessagesTests;

namespace RefIke.Properties.Bugs;

/// <summary>What malformed and misplaced payloads did to real daemons, by the ids of docs/known-bugs.md.</summary>
[JudgesFaults]
public sealed class PayloadBugTests
{
    /// <summary>B-93, B-53: each message without each of its payloads in turn (RFC 2409 §5: every payload of a drawing is needed).</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    [InlineData(4, 2)]
    [Clause("2409-5-21")]
    public void ClearMessageWithoutOneOfItsPayloadsIsRefused(int message, int payloads)
    {
        for (var n = 0; n < payloads; n++)
        {
            var pair = Sent(message);
            var without = Insider.Clear(pair.Flying.Single().Datagram, p => p.RemoveAt(n));
            IsRefusedAndForgotten(pair, without, $"message {message} without payload {n}");
        }
    }

    /// <summary>B-93: the same of message 5, which is encrypted.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [Clause("2409-5-21")]
    public void Message5WithoutOneOfItsPayloadsIsRefused(int without)
    {
        var pair = Sent(5);
        IsRefusedAndForgotten(
            pair, Insider.Message5(pair.A, pair.Flying.Single().Datagram, p => p.RemoveAt(without)), $"without {without}");
    }

    /// <summary>B-41, B-42, B-114: what is malformed is never answered while there are no keys, so no octet of ours goes out for it.</summary>
    [Fact]
    [Clause("2408-2.5.2-02")]
    public void NothingIsSentForAMalformedFirstMessage()
    {
        foreach (var row in HeaderRows.All.Concat(ChainRows.All).Concat(SecurityAssociationRows.All).Concat(BodyRows.All))
        {
            var pair = new Pair();
            var (local, remote) = (pair.B.Endpoint.Setup.Local, pair.A.Endpoint.Setup.Local);
            var (state, effects) = pair.B.Step(pair.B.State, pair.Now, new Input.DatagramArrived(local, remote, row.Datagram));
            var refused = effects.OfType<Effect.Rejected>().Select(e => e.Why).OfType<Rejection.BadSyntax>().FirstOrDefault();
            Assert.True(refused?.Fault.Defect == row.Defect, row.Words);
            Assert.True(!effects.OfType<Effect.Send>().Any() && state.Isakmp.IsEmpty, row.Words);
        }
    }

    /// <summary>B-101: ciphertexts of every length but the message's own, short of it and beyond (RFC 2409 App. B: whole blocks).</summary>
    [Fact]
    [Clause("2409-10-03")]
    public void CiphertextOfAnyOtherLengthIsRefused()
    {
        for (var length = 0; length < 48; length++)
        {
            var pair = Sent(5);
            var octets = pair.Flying.Single().Datagram.ToArray()[..(28 + length)];
            octets[26] = 0;
            octets[27] = (byte)(28 + length);
            IsRefusedAndForgotten(pair, octets, $"{length} octets of ciphertext");
        }

        for (var more = 1; more < 16; more++)
        {
            var pair = Sent(5);
            byte[] octets = [.. pair.Flying.Single().Datagram.Span, .. new byte[more]];
            octets[27] += (byte)more;
            IsRefusedAndForgotten(pair, octets, $"{more} octets behind the last block");
        }
    }

    /// <summary>B-50, B-92: a datagram of every length up to the header's and a little more.</summary>
    [Fact]
    [Clause("2408-3.1-07")]
    public void ShortDatagramIsRefused()
    {
        for (var length = 0; length < 40; length++)
        {
            var pair = Sent(3);
            IsRefusedAndForgotten(pair, pair.Flying.Single().Datagram.ToArray()[..length], $"{length} octets");
        }
    }

    /// <summary>B-64, B-94: payloads of NAT traversal where they do not belong (RFC 3947 §3.2, §5.2) are refused or passed over.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Clause("2409-5-21")]
    public void NatPayloadsInOtherPlacesHurtNobody(bool natTraversal)
    {
        Payload[] foreign =
        [
            new NatDiscoveryPayload(PayloadType.NatDiscovery, new byte[20]),
            new NatDiscoveryPayload(PayloadType.NatDiscovery, Array.Empty<byte>()),
            new NatOriginalAddressPayload(PayloadType.NatOriginalAddress, IdentificationType.Ipv4Address, new byte[4]),
        ];
        foreach (var payload in foreign)
        {
            foreach (var message in new[] { 1, 2, 3, 4 })
            {
                var pair = Sent(message, new Pair(natTraversal: natTraversal));
                var good = pair.Flying.Single();
                pair.Deliver(good with { Datagram = Insider.Clear(good.Datagram, p => p.Add(payload)) });
                pair.Settle();
                Assert.True(pair.A.Pairs.Count() + pair.B.Pairs.Count() is 0 or 2, $"{payload.Type} in message {message}");
            }
        }
    }

    /// <summary>B-45: but for an SA, which comes first, payloads may stand in any order (RFC 2409 §5), those of NAT discovery too.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [Clause("2409-5-04")]
    public void PayloadsAreTakenInAnyOrder(int message)
    {
        var pair = Sent(message, new Pair(natTraversal: true));
        var good = pair.Flying.Single();
        pair.Flying.Clear();
        var first = message < 3 ? 1 : 0;
        pair.Deliver(good with { Datagram = Insider.Clear(good.Datagram, p => [.. p[..first], .. p[first..].Reverse()]) });
        Assert.Single(pair.Flying);
        Assert.DoesNotContain(pair.A.Told.Concat(pair.B.Told), e => e is Effect.Rejected);
    }

    /// <summary>B-105, B-121: vendor ids of every length to 20 octets, those of known documents cut short among them.</summary>
    [Fact]
    [Clause("2408-3.16-03")]
    public void VendorIdOfAnyLengthIsPassedOver()
    {
        var known = Convert.FromHexString("4A131C81070358455C5728F20E95452F");
        for (var length = 0; length <= 20; length++)
        {
            var pair = Sent(1, new Pair(natTraversal: true));
            var good = pair.Flying.Single();
            pair.Flying.Clear();
            var id = known.Concat(new byte[4]).Take(length).ToArray();
            pair.Deliver(good with { Datagram = Insider.Clear(good.Datagram, p => p.Add(new VendorIdPayload(id))) });
            Assert.True(pair.Flying.Count == 1, $"a vendor id of {length} octets is not passed over");
            pair.Settle();
            Assert.True(pair.B.Pairs.Count() <= 1);
        }
    }

    /// <summary>B-46, B-120: certificate requests of 0 to 24 octets, and of as many as a payload holds.</summary>
    [Fact]
    [Clause("2408-5.10-01")]
    public void CertificateRequestOfAnyLengthIsPassedOver()
    {
        foreach (var length in Enumerable.Range(0, 25).Append(60_000))
        {
            var pair = Sent(3);
            var good = pair.Flying.Single();
            pair.Flying.Clear();
            var request = new CertificateRequestPayload(CertificateEncoding.X509Signature, new byte[length]);
            pair.Deliver(good with { Datagram = Insider.Clear(good.Datagram, p => p.Add(request)) });
            pair.Settle();
            Assert.True(pair.A.Pairs.Count() == 1, $"a request of {length} octets");
        }
    }

    /// <summary>B-126: the data of a notify are octets, also where they look like a message.</summary>
    [Fact]
    [Clause("2408-5.14-04")]
    public void NotificationDataAreNeverReadAsAMessage()
    {
        var pair = Sent(7);
        var inner = pair.Flying.Single().Datagram;
        pair.Settle();
        var before = pair.B.State.Pairs;
        var notify = new NotificationPayload(Doi.Ipsec, Protocol.Isakmp, default, (NotifyType)9999, inner);
        var informational = Insider.Informational(pair.A, 0x01020304, true, notify);
        pair.Do(pair.B, new Input.DatagramArrived(pair.B.Endpoint.Setup.Local, pair.A.Endpoint.Setup.Local, informational));
        Assert.Equal(before, pair.B.State.Pairs);
        Assert.Empty(pair.Flying);
    }

    /// <summary>B-48: every bit of the situation and every octet of the DOI set (RFC 2407 §4.2): refused by name.</summary>
    [Fact]
    [Clause("2407-4.2.1-02")]
    public void OtherSituationAndDomainAreRefused()
    {
        for (var bit = 0; bit < 64; bit++)
        {
            var pair = Sent(1);
            var octets = pair.Flying.Single().Datagram.ToArray();
            octets[32 + (bit / 8)] ^= (byte)(1 << (bit % 8));
            var refused = new List<Effect>();
            var (state, effects) = pair.B.Step(pair.B.State, pair.Now,
                new Input.DatagramArrived(pair.B.Endpoint.Setup.Local, pair.A.Endpoint.Setup.Local, octets));
            refused.AddRange(effects.OfType<Effect.Rejected>());
            Assert.True(refused.Count == 1 && state.Isakmp.IsEmpty, $"bit {bit} of DOI and situation");
        }
    }

    /// <summary>B-54, B-140: after NO-PROPOSAL-CHOSEN, message 1 again with the responder's cookie of the refusal finds nothing.</summary>
    [Fact]
    [Clause("2408-5.2-01")]
    public void CookieOfARefusalOpensNothing()
    {
        var pair = new Pair("aes256-sha512-modp4096", peerPhase1: "3des-md5-modp1024");
        pair.Connect(pair.A);
        var first = pair.Flying.Single();
        pair.Flying.Clear();
        pair.Deliver(first);
        var answer = pair.Flying.Single();
        pair.Flying.Clear();
        var octets = first.Datagram.ToArray();
        answer.Datagram.Span[8..16].CopyTo(octets.AsSpan(8));
        pair.Deliver(first with { Datagram = octets });
        Assert.Empty(pair.B.State.Isakmp);
        Assert.Contains(pair.B.Told, e => e is Effect.Rejected { Why: Rejection.NothingAcceptable });
    }
}
