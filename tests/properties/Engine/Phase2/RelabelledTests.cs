using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Properties.Engine.RemoteAccess;
using RefIke.Properties.Specification;
using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.Engine.Phase2;

/// <summary>No HASH covers the exchange type: messages that somebody sends on as of another exchange (RFC 2409 §5.5, §5.7).</summary>
public sealed class RelabelledTests
{
    private const int TypeAt = 18;

    /// <summary>
    /// Message 1 of a Quick Mode has a HASH(1) that verifies as an Informational's; its payloads are none of that exchange's, and it does
    /// not use up its message id.
    /// </summary>
    [Fact]
    [Clause("2409-5-21")]
    [Clause("2409-5.7-01")]
    public void QuickModeIsNoInformational()
    {
        var pair = new Pair();
        pair.Connect(pair.A);
        while (pair.Flying[0].Datagram.Span[TypeAt] != (byte)ExchangeType.QuickMode)
        {
            pair.DeliverNext();
        }

        var before = pair.B.State;
        pair.Inject(pair.B, Insider.Patched(pair.Flying[0].Datagram, (TypeAt, (byte)ExchangeType.Informational)));
        Assert.Contains(pair.B.Rejections(), r => r is Rejection.WrongPayloads);
        Assert.Same(before, pair.B.State);
        pair.Settle();
        Assert.Single(pair.A.Pairs);
        Assert.Single(pair.B.Pairs);
    }

    /// <summary>
    /// D-206, D-216: what comes before phase 1 has ended waits only if it could be a message of phase 2, which is encrypted and has a message
    /// id; what could not is not answered either.
    /// </summary>
    [Theory]
    [InlineData(0, 7)]
    [InlineData((int)HeaderFlags.Encryption, 0)]
    [Clause("2409-5.5-01")]
    public void WhatIsNoMessageOfPhase2DoesNotWait(int flags, int id)
    {
        var pair = new Pair();
        pair.Connect(pair.A);
        while (pair.A.State.Isakmp.Values.Single().Phase1.Keys is null)
        {
            pair.DeliverNext();
        }

        var (said, sa) = (pair.Flying.Count, pair.A.State.Isakmp.Values.Single().Phase1);
        var header = Header.Of(sa.CKY_I, sa.CKY_R, ExchangeType.QuickMode, (uint)id) with { Flags = (HeaderFlags)flags };
        pair.Inject(pair.A, MessageWriter.WriteEncrypted(header, PayloadType.Hash, new byte[32]));
        Assert.Null(pair.A.State.Isakmp.Values.Single().Held);
        Assert.Equal(said, pair.Flying.Count);
    }
}
