using RefIke.Crypto;
using RefIke.Wire;
using Xunit;

namespace RefIke.Vectors.Tests.Primitives;

/// <summary>Diffie-Hellman against the RFCs' own test data, with each library that exponentiates.</summary>
public sealed class GroupTests
{
    public static TheoryData<string, string> Cases => Case.All<GroupCase>("groups-rfc5903.json", "groups-rfc5114.json");

    /// <summary>RFC 5903 §8 (g^xy is x alone, §7 and §9), RFC 5114 App. A.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void GroupGivesThePublishedAnswerBothWays(string file, string id)
    {
        var c = Case.Get<GroupCase>(file, id);
        var group = GroupList.Get(c.Group);
        Secret xi = Secret.Of(c.xi.Span), xr = Secret.Of(c.xr.Span);
        foreach (var dh in new[] { DiffieHellman.BouncyCastle, DiffieHellman.Best })
        {
            Assert.Equal(c.g_xi, dh.PublicValue(group, xi));
            Assert.Equal(c.g_xr, dh.PublicValue(group, xr));
            Same(c.g_xy, dh, group, xi, c.g_xr);
            Same(c.g_xy, dh, group, xr, c.g_xi);
        }
    }

    private static void Same(Octets expected, IDiffieHellman dh, Group group, Secret x, Octets peer)
    {
        Assert.Equal(PublicValueFault.None, dh.TrySharedSecret(group, x, peer.Span, out var g_xy));
        Assert.Equal(expected.ToHex(), Convert.ToHexStringLower(g_xy!.Reveal()));
    }
}
