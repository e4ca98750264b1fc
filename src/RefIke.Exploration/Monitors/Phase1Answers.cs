using RefIke.Crypto;
using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Exchanges.Phase1;
using RefIke.Wire;

namespace RefIke.Exploration.Monitors;

/// <summary>The keys of an ISAKMP SA as RFC 2409 §5 and App. B give them of its inputs, whatever the endpoint holds.</summary>
internal sealed record Phase1Answers(
    PlainFormulas Formulas, byte[] SKEYID, byte[] SKEYID_d, byte[] SKEYID_a, byte[] SKEYID_e, byte[] Ka)
{
    /// <summary>
    /// Of cookies, nonces and public values as kept, of the private value that the endpoint's randomness names, and of the connection's
    /// pre-shared key.
    /// </summary>
    /// <param name="why">What is wrong with an input, or why there is no answer.</param>
    public static Phase1Answers? Of(EndpointSetup setup, string connection, Phase1State p, out string? why)
    {
        if (p.Suite is not { } suite || PlainFormulas.With(suite.Hash.Name) is not { } f || !PlainMessage.Decrypts(suite.Cipher.Family)
            || !PlainModp.Has(suite.Group.Number))
        {
            why = $"not judged: {p.Suite?.Name ?? "no suite"}";
            return null;
        }

        var isInitiator = p.Role == Role.Initiator;
        // The initiator of Aggressive Mode draws before it knows CKY-R.
        var name = isInitiator && p.Mode == ExchangeType.Aggressive ? p.Name with { CKY_R = default } : p.Name;
        why = Drawn(setup, name, isInitiator, suite.Group, isInitiator ? p.g_xi : p.g_xr, isInitiator ? p.Ni_b : p.Nr_b, out var x);
        if (why is not null)
        {
            return null;
        }

        var g_xy = PlainModp.Power(suite.Group.Number, (isInitiator ? p.g_xr : p.g_xi).ToArray(), x);
        byte[] CKY_I = p.CKY_I.ToArray(), CKY_R = p.CKY_R.ToArray();
        var psk = setup.Connections.FirstOrDefault(c => c.Name == connection)?.PreSharedKey?.Reveal().ToArray();
        if (f.SKEYID(p.Method, psk, g_xy, p.Ni_b.ToArray(), p.Nr_b.ToArray(), CKY_I, CKY_R) is not { } SKEYID)
        {
            why = $"not judged: {p.Method} in connection {connection}";
            return null;
        }

        var SKEYID_d = f.SKEYID_d(SKEYID, g_xy, CKY_I, CKY_R);
        var SKEYID_a = f.SKEYID_a(SKEYID, SKEYID_d, g_xy, CKY_I, CKY_R);
        var SKEYID_e = f.SKEYID_e(SKEYID, SKEYID_a, g_xy, CKY_I, CKY_R);
        var Ka = f.Ka(SKEYID_e, suite.Cipher.KeyLength, suite.Cipher.Family == CipherFamily.Des);
        return new(f, SKEYID, SKEYID_d, SKEYID_a, SKEYID_e, Ka);
    }

    /// <summary>What is wrong with this side's KE and nonce: both follow from what was drawn for the exchange.</summary>
    /// <param name="group">Null where there is no KE.</param>
    /// <param name="x">The private value.</param>
    public static string? Drawn(
        EndpointSetup setup, ExchangeName name, bool isInitiator, Group? group, Octets ke, Octets nonce, out byte[] x)
    {
        x = group is null ? [] : setup.Randomness.Bytes(isInitiator ? "xi" : "xr", name, group.PrivateLength);
        return group is not null && !ke.Span.SequenceEqual(PlainModp.PublicValue(group.Number, x)) ? "KE is not g^x of the x drawn for it"
            : !nonce.Span.SequenceEqual(setup.Randomness.Bytes(isInitiator ? "Ni" : "Nr", name, nonce.Length)) ? "the nonce is not the one drawn for it"
            : null;
    }

    /// <summary>The first key that the endpoint holds and that is another one.</summary>
    public string? Differing(Phase1Keys keys)
        => !keys.SKEYID.Reveal().SequenceEqual(SKEYID) ? "SKEYID"
            : !keys.SKEYID_d.Reveal().SequenceEqual(SKEYID_d) ? "SKEYID_d"
            : !keys.SKEYID_a.Reveal().SequenceEqual(SKEYID_a) ? "SKEYID_a"
            : !keys.SKEYID_e.Reveal().SequenceEqual(SKEYID_e) ? "SKEYID_e"
            : !keys.Ka.Reveal().SequenceEqual(Ka) ? "Ka" : null;
}
