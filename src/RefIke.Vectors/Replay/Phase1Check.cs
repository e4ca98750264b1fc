using System.Collections.Immutable;
using RefIke.Crypto;
using RefIke.Crypto.Keys;
using RefIke.Crypto.PublicKeyEncryption;
using RefIke.Crypto.Signatures;
using RefIke.Exchanges;
using RefIke.Exchanges.Negotiation;
using RefIke.Exchanges.Profiles.Xauth;
using RefIke.Vectors.Making;
using RefIke.Wire;

namespace RefIke.Vectors.Replay;

/// <summary>Every value of phase 1 by RefIke's formulas (RFC 2409 §5, App. B).</summary>
internal static class Phase1Check
{
    private static readonly KeySchedule F = KeySchedule.Rfc2409;

    public static void Run(VectorFile v, FaultList faults)
    {
        var (p, suite) = (v.Phase1, v.Phase1.Phase1());
        var (prf, SKEYID, g_xy) = (suite.Prf, Secret.Of(p.SKEYID.Span), Secret.Of(p.g_xy.Span));
        ReadOnlySpan<byte> CKY_I = p.CKY_I.Span, CKY_R = p.CKY_R.Span;
        var (SKEYID_d, SKEYID_a) = (Secret.Of(p.SKEYID_d.Span), Secret.Of(p.SKEYID_a.Span));
        Agreement("phase 1", suite.Group, p.xi, p.xr, p.g_xi, p.g_xr, p.g_xy, faults);
        faults.Equal("SKEYID", p.SKEYID, Skeyid(v, suite));
        faults.Equal("SKEYID_d", p.SKEYID_d, F.SKEYID_d(prf, SKEYID, g_xy, CKY_I, CKY_R));
        faults.Equal("SKEYID_a", p.SKEYID_a, F.SKEYID_a(prf, SKEYID, SKEYID_d, g_xy, CKY_I, CKY_R));
        faults.Equal("SKEYID_e", p.SKEYID_e, F.SKEYID_e(prf, SKEYID, SKEYID_a, g_xy, CKY_I, CKY_R));
        faults.Equal("Ka", p.Ka, F.Ka(prf, Secret.Of(p.SKEYID_e.Span), suite.Cipher));
        faults.Equal("the first IV", p.Iv,
            F.Phase1Iv(suite.Hash, p.g_xi.Span, p.g_xr.Span, suite.Cipher.BlockLength));
        Proof(v, Role.Initiator, faults);
        Proof(v, Role.Responder, faults);
        if (p.EncryptedBodies is { } bodies)
        {
            Encrypted(v, suite, bodies, faults);
        }
    }

    /// <summary>HASH_I or HASH_R under a prf (RFC 2409 §5).</summary>
    public static Octets Hash(Phase1Values p, Role role, Prf prf)
    {
        var SKEYID = Secret.Of(p.SKEYID.Span);
        return role == Role.Initiator
            ? F.HASH_I(prf, SKEYID, p.g_xi.Span, p.g_xr.Span, p.CKY_I.Span, p.CKY_R.Span, p.SAi_b.Span, p.IDii_b.Span)
            : F.HASH_R(prf, SKEYID, p.g_xr.Span, p.g_xi.Span, p.CKY_R.Span, p.CKY_I.Span, p.SAi_b.Span, p.IDir_b.Span);
    }

    /// <summary>Public values and the secret from the private values, where they were recorded.</summary>
    public static void Agreement(string where, Group group, Octets? xi, Octets? xr, Octets g_xi, Octets g_xr,
        Octets g_xy, FaultList faults)
    {
        var dh = DiffieHellman.Best;
        faults.Equal($"the fault of {where}'s g^xi", Octets.Empty, Fault(dh.Check(group, g_xi.Span)));
        faults.Equal($"the fault of {where}'s g^xr", Octets.Empty, Fault(dh.Check(group, g_xr.Span)));
        if (xi is { } i && xr is { } r)
        {
            faults.Equal($"{where}'s g^xi", g_xi, (Octets?)dh.PublicValue(group, Secret.Of(i.Span)));
            faults.Equal($"{where}'s g^xr", g_xr, (Octets?)dh.PublicValue(group, Secret.Of(r.Span)));
            faults.Equal($"{where}'s g^xy", g_xy, Transcriber.Shared(group, i, g_xr));
            faults.Equal($"{where}'s g^xy from the responder", g_xy, Transcriber.Shared(group, r, g_xi));
        }
    }

    private static Octets? Fault(PublicValueFault fault)
        => fault == PublicValueFault.None ? Octets.Empty : (Octets?)new byte[] { (byte)fault };

    private static Secret Skeyid(VectorFile v, Phase1Suite suite)
    {
        var p = v.Phase1;
        return XauthMethods.Alone(p.Method) switch
        {
            AuthenticationMethod.PreSharedKey => F.SKEYID_PreSharedKey(
                suite.Prf, Secret.Of((v.Inputs.PreSharedKey ?? Octets.Empty).Span), p.Ni_b.Span, p.Nr_b.Span),
            AuthenticationMethod.RsaEncryption or AuthenticationMethod.RevisedRsaEncryption
                => F.SKEYID_PublicKeyEncryption(
                    suite.Prf, suite.Hash, p.Ni_b.Span, p.Nr_b.Span, p.CKY_I.Span, p.CKY_R.Span),
            _ => F.SKEYID_Signatures(suite.Prf, Secret.Of(p.g_xy.Span), p.Ni_b.Span, p.Nr_b.Span),
        };
    }

    /// <summary>HASH_I or HASH_R, and where it is signed the signature, by the key of the signer.</summary>
    private static void Proof(VectorFile v, Role role, FaultList faults)
    {
        var (p, letter) = (v.Phase1, role == Role.Initiator ? "I" : "R");
        var (HASH, SIG) = role == Role.Initiator ? (p.HASH_I, p.SIG_I) : (p.HASH_R, p.SIG_R);
        var prf = p.Phase1().Prf;
        SignatureMethod? method = null;
        if (SIG is not null && SignatureMethod.TryGet((int)XauthMethods.Alone(p.Method), out method))
        {
            prf = method.HashPrf(prf);
        }

        faults.Equal($"HASH_{letter}", HASH, Hash(p, role, prf));
        if (SIG is not { } signature)
        {
            return;
        }

        if (method is null || v.Inputs.Of(role).Keys?.PrivateKey is not { } der)
        {
            faults.Add($"SIG_{letter} is there, and no key that could have made it");
            return;
        }

        var key = KeyReading.Private(der);
        faults.Holds(method.Verify(key.PublicKey, HASH.Span, signature.Span) is null, $"SIG_{letter} does not verify");
        faults.Equal($"SIG_{letter}", signature, (Octets?)method.Sign(key, HASH.Span));
    }

    /// <summary>RFC 2409 §5.2 and §5.3: each body opens with its key, and the keys are made of the nonces.</summary>
    private static void Encrypted(
        VectorFile v, Phase1Suite suite, ImmutableArray<EncryptedBody> bodies, FaultList faults)
    {
        var (p, f) = (v.Phase1, RevisedKeySchedule.Rfc2409);
        if (p.Ne_i is { } Ne_i && p.Ne_r is { } Ne_r)
        {
            faults.Equal("Ne_i", Ne_i, f.Ne_i(suite.Prf, Secret.Of(p.Ni_b.Span), p.CKY_I.Span));
            faults.Equal("Ne_r", Ne_r, f.Ne_r(suite.Prf, Secret.Of(p.Nr_b.Span), p.CKY_R.Span));
            faults.Equal("Ke_i", p.Ke_i, f.Ke_i(suite.Prf, Secret.Of(Ne_i.Span), suite.Cipher));
            faults.Equal("Ke_r", p.Ke_r, f.Ke_r(suite.Prf, Secret.Of(Ne_r.Span), suite.Cipher));
        }

        foreach (var b in bodies)
        {
            var what = $"{b.Payload} under {b.Key}";
            faults.Holds(v.Messages.Any(m => m.Number == b.Message), $"{what} is of a message that is not there");
            if (b.Iv is { } iv)
            {
                var zeros = suite.Cipher.BlockLength - 1 - (b.Body.Length % suite.Cipher.BlockLength);
                var Ke = b.Key == "Ke_i" ? p.Ke_i : p.Ke_r;
                faults.Equal(what, b.Ciphertext, (Octets?)suite.Cipher.Encrypt(
                    Secret.Of(Ke!.Value.Span), iv.Span, [.. b.Body.Span, .. new byte[zeros], (byte)zeros]));
            }
            else
            {
                var owner = b.Key == "PubKey_r" ? v.Inputs.Responder : v.Inputs.Initiator;
                var key = (RsaPrivateKey)KeyReading.Private(owner.Keys!.PrivateKey!.Value);
                faults.Equal(what, b.Body, RsaEncryption.Rfc2409.Decrypt(key, b.Ciphertext.Span, 4, 256));
            }
        }
    }
}
