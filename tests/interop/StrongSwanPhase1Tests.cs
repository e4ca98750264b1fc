using RefIke.Wire;
using Xunit;

namespace RefIke.Interop;

/// <summary>Modes, authentication methods, groups and ciphers of phase 1 that strongSwan speaks too, in both roles.</summary>
public sealed class StrongSwanPhase1Tests(InteropTable table)
{
    private readonly StrongSwanCase live = new(table);

    public static TheoryData<string, string, bool, bool, string> Methods
    {
        get
        {
            var data = new TheoryData<string, string, bool, bool, string>();
            foreach (var role in new[] { "initiator", "responder" })
            {
                data.Add(role, "psk", true, false, "aes128-sha1-modp2048");
                data.Add(role, "rsa-sig", false, false, "aes128-sha256-modp2048");
                data.Add(role, "rsa-sig", true, true, "aes128-sha1-modp2048");
                data.Add(role, "ecdsa-256", false, true, "aes128-sha256-ecp256");
                data.Add(role, "ecdsa-256", true, false, "aes128-sha1-modp2048");
                data.Add(role, "ecdsa-384", false, false, "aes256-sha384-ecp384");
                data.Add(role, "ecdsa-521", false, false, "aes256-sha512-ecp521");
            }

            return data;
        }
    }

    /// <summary>RFC 2409 §5.1, §5.4, RFC 4754 §4: Main and Aggressive Mode with each method end with the same KEYMAT.</summary>
    [Theory]
    [MemberData(nameof(Methods))]
    [Clause("2409-5.1-03")]
    [Clause("2409-5.1-05")]
    [Clause("2409-5.1-06")]
    public void EveryMethodIsSpokenWithStrongSwan(string role, string auth, bool isAggressive, bool isNamedBySubject, string phase1)
        => live.Run(role, new() { Auth = auth, IsAggressive = isAggressive, IsNamedBySubject = isNamedBySubject, Phase1 = phase1 },
            (refike, swan) =>
            {
                refike.Demand("IPsec pair up");
                return StrongSwanCase.SameKeymat(refike, swan, role == "initiator");
            });

    /// <summary>RFC 4312, RFC 3526 §5, RFC 5903: Camellia in both phases, and the large groups.</summary>
    [Theory]
    [InlineData("initiator", "camellia256-sha256-modp4096", "camellia128-sha1")]
    [InlineData("responder", "camellia256-sha256-modp4096", "camellia128-sha1")]
    [InlineData("initiator", "camellia128-sha1-ecp521", "camellia256-sha384-ecp521")]
    [InlineData("responder", "camellia128-sha1-ecp521", "camellia256-sha384-ecp521")]
    public void CamelliaAndLargeGroups(string role, string phase1, string esp)
        => live.Run(role, new() { Phase1 = phase1, Esp = esp }, (refike, swan) =>
        {
            refike.Demand("IPsec pair up");
            return StrongSwanCase.SameKeymat(refike, swan, role == "initiator");
        });

    /// <summary>RFC 2409 §5.5: several Quick Modes under one ISAKMP SA, each with KEYMAT of its own.</summary>
    [Theory]
    [InlineData("initiator")]
    [InlineData("responder")]
    [Clause("2409-5.5-07")]
    public void TwoChildrenShareOneIsakmpSa(string role)
        => live.Run(role, new() { Children = 2 }, (refike, swan) =>
        {
            refike.Demand("IPsec pair up", times: 2);
            var shown = StrongSwanCase.SameKeymat(refike, swan, role == "initiator", role == "initiator");
            Assert.Equal(2, refike.Output.Split("ISAKMP SA up").Length);
            return $"two children, one ISAKMP SA; {shown}";
        });

    /// <summary>RFC 2409 §5.1: a certificate of another authority proves nothing, and nobody is authenticated.</summary>
    [Theory]
    [InlineData("initiator")]
    [InlineData("responder")]
    public void CertificateOfAnotherAuthorityIsRefused(string role)
        => live.Run(role, new() { Auth = "rsa-sig", PeerAuthority = "other" }, (refike, swan) =>
        {
            refike.Demand("CertificateRefused", 20);
            Assert.DoesNotContain("SA up", refike.Output, StringComparison.Ordinal);
            return "certificate of an unknown authority: no SA";
        });

    /// <summary>RFC 2408 §4.3: strongSwan authenticates anew; the pair lives on and is rekeyed under the new ISAKMP SA.</summary>
    [Theory]
    [InlineData("initiator")]
    [InlineData("responder")]
    public void StrongSwanAuthenticatesAnew(string role)
        => live.Run(role, new(), (refike, swan) =>
        {
            refike.Demand("IPsec pair up");
            swan.Control("--rekey", "--ike", "t", "--reauth");
            refike.Demand("ISAKMP SA up", times: 2);
            Assert.True(swan.WaitFor("IKE_SA t[2] established", 5), "charon has no second IKE_SA");
            Assert.DoesNotContain("IPsec pair gone", refike.Output, StringComparison.Ordinal);
            swan.Control("--rekey", "--child", "c1");
            refike.Demand("IPsec pair up", times: 2);
            return $"strongSwan authenticates anew, then rekeys; {StrongSwanCase.SameKeymat(refike, swan, role == "initiator", false)}";
        });

    /// <summary>RFC 2407 §4.5.4: RefIke renews the ISAKMP SA before its life ends.</summary>
    [Theory]
    [InlineData("initiator")]
    [InlineData("responder")]
    public void RefIkeRenewsTheIsakmpSa(string role)
        => live.Run(role, new()
        {
            RefikeKeys = "lifetime = \"6s\"",
            PeerKeys = role == "initiator" ? "over_time = 0\nrekey_time = 0\nreauth_time = 0" : "",
        },
            (refike, swan) =>
            {
                refike.Demand("IPsec pair up");
                refike.Demand("ISAKMP SA up", times: 2);
                Assert.True(swan.WaitFor("IKE_SA t[2] established", 5), swan.Tail);
                refike.Demand("ISAKMP SA gone");
                Assert.DoesNotContain("IPsec pair gone", refike.Output, StringComparison.Ordinal);
                return "RefIke renews the ISAKMP SA before its end; the pair outlives the old one";
            });
}
