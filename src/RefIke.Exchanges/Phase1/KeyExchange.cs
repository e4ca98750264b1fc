using RefIke.Crypto;
using RefIke.Wire;

namespace RefIke.Exchanges.Phase1;

/// <summary>KE and nonce, and what is derived when both public values are known (RFC 2409 §5, App. B).</summary>
internal static class KeyExchange
{
    /// <summary>The peer's public value is one of the group (D-54, D-55), and nothing is an echo of ours.</summary>
    public static bool PublicValueValid(Phase1Turn t) => t.Once("public value", () => IsOfTheGroup(t) && !IsEchoed(t));

    /// <summary>It is not.</summary>
    public static bool PublicValueInvalid(Phase1Turn t) => !PublicValueValid(t);

    /// <summary>Messages 3 and 4 of Main Mode: HDR, KE, N.</summary>
    [Clause("2408-5.13-01")]
    public static void SendKeyAndNonce(Phase1Turn t)
    {
        var number = t.IsInitiator ? 2 : 3;
        if (!t.IsInitiator)
        {
            TakeKeyAndNonce(t);
        }

        t.Learn(number);
        var own = MakeKeyAndNonce(t, t.After.Suite!.Group);
        if (!t.IsInitiator)
        {
            DeriveKeys(t);
        }

        t.SendClear([own.Key, own.Nonce, .. t.IsInitiator ? [] : OwnKeys.Requests(t), .. t.Extra(number + 1)]);
    }

    /// <summary>A fresh private value with its g^x (D-108), and a fresh nonce, both kept in the record after.</summary>
    internal static (KeyExchangePayload Key, NoncePayload Nonce) MakeKeyAndNonce(Phase1Turn t, Group group)
    {
        var random = t.Means.Randomness;
        var x = Secret.Of(random.Bytes(t.IsInitiator ? "xi" : "xr", t.After.Name, group.PrivateLength));
        Octets own = t.Means.DiffieHellman.PublicValue(group, x);
        Octets nonce = random.Bytes(t.IsInitiator ? "Ni" : "Nr", t.After.Name, 32);
        t.After = t.IsInitiator
            ? t.After with { X = x, g_xi = own, Ni_b = nonce }
            : t.After with { X = x, g_xr = own, Nr_b = nonce };
        return (new KeyExchangePayload(own), new NoncePayload(nonce));
    }

    /// <summary>What the initiator of Main Mode makes of message 4: all keys.</summary>
    internal static void CompleteKeys(Phase1Turn t)
    {
        TakeKeyAndNonce(t);
        LearnAndDerive(t);
    }

    /// <summary>The same, where KE and nonce have been taken.</summary>
    internal static void LearnAndDerive(Phase1Turn t)
    {
        t.Learn(4);
        DeriveKeys(t);
    }

    /// <summary>The peer's KE and nonce into the record after.</summary>
    internal static void TakeKeyAndNonce(Phase1Turn t)
        => Take(t, t.Payloads.One<KeyExchangePayload>()!.Data, t.Payloads.One<NoncePayload>()!.Data);

    /// <summary>The same, where they had to be decrypted.</summary>
    internal static void Take(Phase1Turn t, Octets ke, Octets nonce)
        => t.After = t.IsInitiator ? t.After with { g_xr = ke, Nr_b = nonce } : t.After with { g_xi = ke, Ni_b = nonce };

    /// <summary>g^xy, SKEYID and what follows from it, Ka and the first IV (RFC 2409 §5, App. B).</summary>
    [Clause("2409-5-16")]
    [Clause("2409-B-03")]
    internal static void DeriveKeys(Phase1Turn t)
    {
        var (p, f) = (t.After, t.Means.Formulas);
        var suite = p.Suite!;
        var peer = t.IsInitiator ? p.g_xr : p.g_xi;
        if (t.Means.DiffieHellman.TrySharedSecret(suite.Group, p.X!, peer.Span, out var g_xy) != PublicValueFault.None)
        {
            throw new InvalidOperationException("the public value was checked by the guard");
        }

        byte[] CKY_I = p.CKY_I.ToArray(), CKY_R = p.CKY_R.ToArray();
        var SKEYID = t.Method.SKEYID(f, p, g_xy!);
        var SKEYID_d = f.SKEYID_d(suite.Prf, SKEYID, g_xy!, CKY_I, CKY_R);
        var SKEYID_a = f.SKEYID_a(suite.Prf, SKEYID, SKEYID_d, g_xy!, CKY_I, CKY_R);
        var SKEYID_e = f.SKEYID_e(suite.Prf, SKEYID, SKEYID_a, g_xy!, CKY_I, CKY_R);
        t.After = p with
        {
            X = null,
            Keys = new Phase1Keys(SKEYID, SKEYID_d, SKEYID_a, SKEYID_e, f.Ka(suite.Prf, SKEYID_e, suite.Cipher)),
            Iv = f.Phase1Iv(suite.Hash, p.g_xi.Span, p.g_xr.Span, suite.Cipher.BlockLength),
        };
    }

    [Clause("2409-5-05")]
    [Clause("2408-5.7-01")]
    private static bool IsOfTheGroup(Phase1Turn t)
    {
        var fault = t.Means.DiffieHellman.Check(t.After.Suite!.Group, t.Payloads.One<KeyExchangePayload>()!.Data.Span);
        if (fault != PublicValueFault.None)
        {
            t.Rejection = new Rejection.BadPublicValue($"{fault}");
        }

        return fault == PublicValueFault.None;
    }

    /// <summary>Our own KE or nonce come back (D-115).</summary>
    private static bool IsEchoed(Phase1Turn t)
    {
        var echoed = t.IsInitiator && (t.Payloads.One<KeyExchangePayload>()!.Data.Equals(t.Before.g_xi)
            || t.Payloads.One<NoncePayload>()?.Data.Equals(t.Before.Ni_b) == true);
        if (echoed)
        {
            t.Rejection = new Rejection.Reflected("KE or nonce is our own");
        }

        return echoed;
    }
}
