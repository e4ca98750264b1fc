using System.Collections.Immutable;
using RefIke.Wire;

namespace RefIke.Exchanges.Profiles;

/// <summary>
/// The vendor ids that are known, each with its document. Most are MD5 of a text; whoever sends one says no more than
/// that it has read the document (RFC 2408 §3.16).
/// </summary>
public static class VendorIds
{
    /// <summary>RFC 3947 §3.1: MD5 of "RFC 3947".</summary>
    public static VendorId NatTraversal { get; } =
        Of("NAT-T RFC 3947", "4a131c81070358455c5728f20e95452f", "RFC 3947 §3.1");

    /// <summary>The third draft of it: MD5 of "draft-ietf-ipsec-nat-t-ike-03".</summary>
    public static VendorId NatTraversalDraft03 { get; } =
        Of("NAT-T draft 03", "7d9419a65310ca6f2c179d9215529d56", "draft-ietf-ipsec-nat-t-ike-03 §3.1");

    /// <summary>The second, as it is written there: MD5 of "draft-ietf-ipsec-nat-t-ike-02" and a line feed.</summary>
    public static VendorId NatTraversalDraft02WithLineFeed { get; } =
        Of("NAT-T draft 02 (line feed)", "90cb80913ebb696e086381b5ec427b1f", "draft-ietf-ipsec-nat-t-ike-02 §3.1");

    /// <summary>The second, as others understood it: MD5 of "draft-ietf-ipsec-nat-t-ike-02".</summary>
    public static VendorId NatTraversalDraft02 { get; } =
        Of("NAT-T draft 02", "cd60464335df21f87cfdb2fc68b6a448", "draft-ietf-ipsec-nat-t-ike-02 §3.1");

    /// <summary>The first: port 500 throughout. Known by name only.</summary>
    public static VendorId NatTraversalDraft00 { get; } =
        Of("NAT-T draft 00", "4485152d18b6bbcd0be8a8469579ddcc", "draft-ietf-ipsec-nat-t-ike-00 §3.1");

    /// <summary>RFC 3706 §5.1: fourteen octets, then the version, 1.0.</summary>
    public static VendorId DeadPeerDetection { get; } =
        Of("DPD", "afcad71368a1f1c96b8696fc77570100", "RFC 3706 §5.1", 14);

    /// <summary>Fragments of messages: MD5 of "FRAGMENTATION"; capabilities may follow.</summary>
    public static VendorId Fragmentation { get; } =
        Of("FRAGMENTATION", "4048b7d56ebce88525e7de7f00d6c2d3", "[MS-IKEE] §1.7", 16);

    /// <summary>XAUTH: the first eight octets of MD5 of "draft-ietf-ipsra-isakmp-xauth-06.txt".</summary>
    public static VendorId Xauth { get; } = Of("XAUTH", "09002689dfd6b712", "draft-beaulieu-ike-xauth-02");

    /// <summary>
    /// The client of one maker, and those who speak like it: MD5 of "CISCO-UNITY", the last two octets a version.
    /// </summary>
    public static VendorId Unity { get; } = Of("Cisco Unity", "12f5f28c457168a9702d9fe274cc0100", "vendor's own", 14);

    /// <summary>Windows: MD5 of "MS NT5 ISAKMPOAKLEY", then a version of four octets.</summary>
    public static VendorId Windows { get; } =
        Of("MS NT5 ISAKMPOAKLEY", "1e2b516905991c7d7c96fcbfb587e46100000000", "[MS-IKEE] §1.7", 16);

    /// <summary>All of them.</summary>
    public static ImmutableArray<VendorId> All { get; } =
    [
        NatTraversal, NatTraversalDraft03, NatTraversalDraft02WithLineFeed, NatTraversalDraft02, NatTraversalDraft00,
        DeadPeerDetection, Fragmentation, Xauth, Unity, Windows,
    ];

    /// <summary>The one that these octets are, or null.</summary>
    public static VendorId? Of(Octets data) => All.FirstOrDefault(v => v.Matches(data));

    private static VendorId Of(string name, string hex, string document, int? prefix = null)
        => new(name, Octets.FromHex(hex), document) { Prefix = prefix };
}
