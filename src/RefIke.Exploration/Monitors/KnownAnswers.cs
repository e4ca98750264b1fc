using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Exchanges.Phase1;
using RefIke.Exchanges.Phase2;
using RefIke.Wire;

namespace RefIke.Exploration.Monitors;

/// <summary>
/// S-38: whoever is established has the keys that RFC 2409 §5, §5.5 and App. B give of its inputs, and what was encrypted for it opens
/// under them. Both ends may agree on a wrong key, or be led to it by a rare order of events; this judges each end by itself, by a
/// second path (<see cref="PlainFormulas"/>). What that path cannot do is a fault too, so that nothing counts as judged that was not.
/// </summary>
internal static class KnownAnswers
{
    /// <summary>Judges every SA that a step brought up.</summary>
    public static Fault? Judge(EndpointSetup setup, Taken step)
    {
        foreach (var effect in step.Effects)
        {
            var wrong = effect switch
            {
                Effect.IsakmpEstablished e => OfIsakmpSa(setup, step, e),
                Effect.PairEstablished e => OfPair(setup, step, e.Pair),
                _ => null,
            };
            if (wrong is not null)
            {
                return new Fault("S-38", wrong);
            }
        }

        return null;
    }

    /// <summary>SKEYID, SKEYID_d, SKEYID_a, SKEYID_e, Ka, and the IVs from the first to the last block (RFC 2409 §5, App. B).</summary>
    private static string? OfIsakmpSa(EndpointSetup setup, Taken step, Effect.IsakmpEstablished told)
    {
        var p = told.Phase1;
        if (Phase1Answers.Of(setup, told.Connection, p, out var why) is not { } right)
        {
            return why;
        }

        return p.Keys is null ? "no keys" : right.Differing(p.Keys) is { } key ? $"{key} is not what its formula gives" : Phase1Messages(step, told.Own, p, right);
    }

    /// <summary>The encrypted messages of phase 1, one after the other: identities, HASH_I, HASH_R, and the block that is left.</summary>
    private static string? Phase1Messages(Taken step, Cookie own, Phase1State p, Phase1Answers right)
    {
        var before = step.Before.Isakmp.GetValueOrDefault(own.Value)?.Resending;
        var after = step.After.Isakmp.GetValueOrDefault(own.Value)?.Resending;
        var isInitiator = p.Role == Role.Initiator;
        (Octets? Datagram, bool IsOfInitiator)[] messages = p.Mode == ExchangeType.Aggressive
            ? [(isInitiator ? after?.LastSent : after?.LastReceived, true)]
            : [(isInitiator ? before?.LastSent : after?.LastReceived, true), (isInitiator ? after?.LastReceived : after?.LastSent, false)];
        var (f, cipher) = (right.Formulas, p.Suite!.Cipher);
        var iv = f.Phase1Iv(p.g_xi.ToArray(), p.g_xr.ToArray(), cipher.BlockLength);
        foreach (var (datagram, isOfInitiator) in messages)
        {
            if (datagram is not { } sent)
            {
                return "not judged: a message of phase 1 is not kept";
            }

            if (!PlainMessage.IsEncrypted(sent))
            {
                continue;
            }

            if (PlainMessage.Open(cipher.Family, right.Ka, iv, sent) is not { } message)
            {
                return "a message of phase 1 does not open under Ka and its IV";
            }

            if (message[PayloadType.Identification] is { } id && !id.AsSpan().SequenceEqual(Identity(isOfInitiator ? p.IDii : p.IDir)))
            {
                return "the identity of phase 1 does not come out under Ka and its IV";
            }

            if (message[PayloadType.Hash] is { } hash && !hash.AsSpan().SequenceEqual(HashOf(isOfInitiator, p, right)))
            {
                return $"{(isOfInitiator ? "HASH_I" : "HASH_R")} is not what its formula gives";
            }

            iv = message.LastBlock;
        }

        return p.Iv.Span.SequenceEqual(iv) ? null : "the last block kept is not phase 1's";
    }

    private static byte[] HashOf(bool initiator, Phase1State p, Phase1Answers right)
    {
        byte[] g_xi = p.g_xi.ToArray(), g_xr = p.g_xr.ToArray(), CKY_I = p.CKY_I.ToArray(), CKY_R = p.CKY_R.ToArray();
        return initiator
            ? right.Formulas.HASH_I(right.SKEYID, g_xi, g_xr, CKY_I, CKY_R, p.SAi_b.ToArray(), Identity(p.IDii))
            : right.Formulas.HASH_R(right.SKEYID, g_xr, g_xi, CKY_R, CKY_I, p.SAi_b.ToArray(), Identity(p.IDir));
    }

    /// <summary>RFC 2407 §4.6.2.</summary>
    private static byte[] Identity(IdentificationPayload? id)
        => id is null ? [] : [(byte)id.IdType, id.ProtocolId, (byte)(id.Port >> 8), (byte)(id.Port & 0xff), .. id.Data.Span];

    /// <summary>KEYMAT both ways of each protocol, of the ISAKMP SA's inputs and of the three messages (RFC 2409 §5.5, App. B).</summary>
    private static string? OfPair(EndpointSetup setup, Taken step, IpsecPair pair)
    {
        var before = step.Before.QuickModes.Values.FirstOrDefault(q => q.State.Name == pair.Exchange);
        var after = step.After.QuickModes.Values.FirstOrDefault(q => q.State.Name == pair.Exchange);
        if (before?.State.Step == QuickModeStep.AwaitConnected)
        {
            return null;    // message 3 went a step before: the responder's pair is judged, and S-04 holds this one against it
        }

        if (before is null)
        {
            return "not judged: the messages of the Quick Mode are not kept";
        }

        var s = (after ?? before).State;
        if (pair.Exchange != s.Phase1.Name with { M_ID = pair.Exchange.M_ID })
        {
            return "the Quick Mode has the keys of another ISAKMP SA";
        }

        if (Phase1Answers.Of(setup, pair.Connection, s.Phase1, out var why) is not { } right)
        {
            return why;
        }

        var isInitiator = s.Role == Role.Initiator;
        var received = after?.Resending.LastReceived ?? (step.Input as Input.DatagramArrived)?.Datagram;
        var sent = after?.Resending.LastSent ?? step.Effects.OfType<Effect.Send>().FirstOrDefault()?.Datagram;
        var messages = isInitiator
            ? Open(right, s, before.Resending.LastSent, received, sent)
            : Open(right, s, before.Resending.LastReceived, before.Resending.LastSent, received);
        if (messages is not [var one, var two, var three])
        {
            return "a message of the Quick Mode does not open under Ka and its IV";
        }

        var group = pair.Suite.PfsGroup;
        if (group is not null && !PlainModp.Has(group.Number))
        {
            // A private group has no number that names a prime: what both ends made of it is S-04's, what it is S-33's.
            return group.Number >= OfProfiles.FirstPrivateGroup ? null : $"not judged: {group.Name}";
        }

        var (own, peer) = isInitiator ? (one, two) : (two, one);
        if ((one[PayloadType.KeyExchange] is null, two[PayloadType.KeyExchange] is null) != (group is null, group is null))
        {
            return "KE and the group chosen do not fit each other";
        }

        if (one[PayloadType.Nonce] is not { } Ni_b || two[PayloadType.Nonce] is not { } Nr_b
            || (after is not null && !(s.Ni_b.Span.SequenceEqual(Ni_b) && s.Nr_b.Span.SequenceEqual(Nr_b))))
        {
            return "the nonces kept are not those of the messages";
        }

        return Hashes(right, s.Name.M_ID, Ni_b, Nr_b, one, two, three)
            ?? Phase1Answers.Drawn(setup, s.Name, isInitiator, group, own[PayloadType.KeyExchange] ?? [], isInitiator ? Ni_b : Nr_b, out var x)
            ?? Keymat(right, Ni_b, Nr_b, pair, group is null ? [] : PlainModp.Power(group.Number, peer[PayloadType.KeyExchange]!, x));
    }

    /// <summary>The three messages, each under the last block of the one before it (App. B); null where one does not open.</summary>
    private static PlainMessage[]? Open(Phase1Answers right, QuickModeState s, params Octets?[] datagrams)
    {
        var cipher = s.Phase1.Suite!.Cipher;
        var iv = right.Formulas.Phase2Iv(s.Phase1.Iv.ToArray(), s.Name.M_ID, cipher.BlockLength);
        var opened = new List<PlainMessage>();
        foreach (var datagram in datagrams)
        {
            if (datagram is not { } sent || PlainMessage.Open(cipher.Family, right.Ka, iv, sent) is not { } message)
            {
                return null;
            }

            opened.Add(message);
            iv = message.LastBlock;
        }

        return [.. opened];
    }

    private static string? Hashes(
        Phase1Answers right, uint M_ID, byte[] Ni_b, byte[] Nr_b, PlainMessage one, PlainMessage two, PlainMessage three)
    {
        var f = right.Formulas;
        return !Is(one[PayloadType.Hash], f.HASH_1(right.SKEYID_a, M_ID, one.AfterFirst)) ? "HASH(1) is not what its formula gives"
            : !Is(two[PayloadType.Hash], f.HASH_2(right.SKEYID_a, M_ID, Ni_b, two.AfterFirst)) ? "HASH(2) is not what its formula gives"
            : !Is(three[PayloadType.Hash], f.HASH_3(right.SKEYID_a, M_ID, Ni_b, Nr_b)) ? "HASH(3) is not what its formula gives" : null;

        static bool Is(byte[]? octets, byte[] expected) => octets.AsSpan().SequenceEqual(expected);
    }

    private static string? Keymat(Phase1Answers right, byte[] Ni_b, byte[] Nr_b, IpsecPair pair, byte[] g_qm_xy)
    {
        var named = new AgreedSa(pair.Suite, pair.Spi, pair.PeerSpi, pair.Inbound, pair.Outbound);
        foreach (var sa in pair.Bundle.Add(named).Where(sa => sa.Suite.KeymatLength > 0))
        {
            if (!sa.Inbound.Reveal().SequenceEqual(Of(sa, sa.OwnSpi)) || !sa.Outbound.Reveal().SequenceEqual(Of(sa, sa.PeerSpi)))
            {
                return "KEYMAT is not what its formula gives";
            }
        }

        return null;

        byte[] Of(AgreedSa sa, uint SPI) => right.Formulas.KEYMAT(
            right.SKEYID_d, g_qm_xy, (byte)sa.Suite.Protocol, SPI, Ni_b, Nr_b, sa.Suite.KeymatLength);
    }
}
