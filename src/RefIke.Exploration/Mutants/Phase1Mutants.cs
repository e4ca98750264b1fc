using System.Diagnostics.CodeAnalysis;
using RefIke.Crypto;
using RefIke.Crypto.Certificates;
using RefIke.Crypto.PublicKeyEncryption;
using RefIke.Engine;
using RefIke.Exchanges.Negotiation;
using RefIke.Exchanges.Phase1;
using RefIke.Wire;
using static RefIke.Exploration.Mutants.Seam;

namespace RefIke.Exploration.Mutants;

/// <summary>Faults of Aggressive Mode and of the methods with public keys, at one end.</summary>
internal static class Phase1Mutants
{
    public static IEnumerable<Mutant> All =>
    [
        Formula("M-60", "SKEYID of signatures with key and data swapped", "2409-5-15", new SkeyidSwapped()),
        Setup("M-79", "the payloads after the nonce encrypted with keys of the wrong cookie", "2409-5.3-01", s => s with { RevisedFormulas = new WrongCookie() }),
        Setup("M-92", "a valid certificate is believed though it does not name the identity", "2409-5.1-06", s => s with { PeerCertificates = new Unbound() }),
        Unguarded("M-911", "the responder of Aggressive Mode takes any HASH_I", "2408-5.11-01", "AggressiveModePsk.Responder", "HashMatches", "HashDiffers"),
        Unguarded("M-912", "the initiator of Main Mode does not verify SIG_R", "2409-5.1-03", "MainModeSig.Initiator", "SignatureMatches", "SignatureDiffers"),
        Unguarded("M-913", "the responder of Aggressive Mode does not verify SIG_I", "2409-5.1-03", "AggressiveModeSig.Responder", "SignatureMatches", "SignatureDiffers"),
        Unguarded("M-914", "the responder of public key encryption takes any HASH_I", "2408-5.11-01", "MainModePke.Responder", "HashMatches", "HashDiffers"),
        States("M-915", "after a clear message 3 phase 2's IVs are made of a zero block", "2409-5-07", (before, after) => after with
        {
            Isakmp = after.Isakmp.SetItems(after.Isakmp.Where(e => AfterClearThird(before, e.Key, e.Value))
                .Select(e => KeyValuePair.Create(e.Key, e.Value with { Phase1 = e.Value.Phase1 with { Iv = new byte[e.Value.Phase1.Iv.Length] } }))),
        }),
        Effects("M-58", "the offer of Aggressive Mode has transforms of several groups, and the answer may have any", "2409-5-09",
            (_, effect) => [WithAnotherGroup(effect)]),
    ];

    /// <summary>Established by this step, and phase 1's IV is still the one before: no ciphertext has moved it.</summary>
    private static bool AfterClearThird(EndpointState before, ulong key, IsakmpEntry after)
        => after.Phase1 is { Mode: ExchangeType.Aggressive, Step: Phase1Step.Established, Role: Exchanges.Role.Responder }
            && before.Isakmp.TryGetValue(key, out var entry) && entry.Phase1.Step != Phase1Step.Established && entry.Phase1.Iv == after.Phase1.Iv;

    private static Effect WithAnotherGroup(Effect effect)
    {
        if (effect is not Effect.Send send || send.Datagram.Span[18] != (byte)ExchangeType.Aggressive
            || !MessageReader.TryRead(send.Datagram.Memory, out var message, out _) || !message!.Header.ResponderCookie.IsZero)
        {
            return effect;
        }

        return send with
        {
            Datagram = MessageWriter.Write(message.Header, [.. message.Payloads.Select(p => p is SecurityAssociationPayload sa
                ? new SecurityAssociationPayload(sa.Doi, sa.Situation, sa.Labels, [.. sa.Proposals.Select(o => o with
                {
                    Transforms = [.. o.Transforms, .. o.Transforms.Select((t, n) => Phase1Suite.TryRead(t, out var suite, out _)
                        ? (suite! with { Group = GroupList.Get(14) }).ToTransform((byte)(o.Transforms.Length + n + 1)) : t)],
                })])
                : p)]),
        };
    }

    private sealed class SkeyidSwapped : KeySchedule
    {
        public override Secret SKEYID_Signatures(Prf prf, Secret g_xy, ReadOnlySpan<byte> Ni_b, ReadOnlySpan<byte> Nr_b)
            => Secret.Of(prf.Compute(g_xy.Reveal(), [.. Ni_b, .. Nr_b]));
    }

    private sealed class WrongCookie : RevisedKeySchedule
    {
        public override Secret Ne_i(Prf prf, Secret Ni_b, ReadOnlySpan<byte> CKY_I) => base.Ne_i(prf, Ni_b, new byte[8]);
    }

    private sealed class Unbound : PeerCertificates
    {
        public override bool TryFind(IdentificationPayload id, ReceivedCertificates received, TrustStore trust, PathPolicy policy,
            long unixSeconds, [NotNullWhen(true)] out CertificatePath? path, [NotNullWhen(false)] out CryptoFault? fault)
        {
            (path, fault) = (null, new CryptoFault.NoCertificate());
            foreach (var certificate in received.Certificates)
            {
                if (CertificatePath.TryBuild(certificate, received.Certificates, [], trust, policy, unixSeconds, out path, out fault))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
