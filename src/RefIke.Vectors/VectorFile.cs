using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using RefIke.Exchanges;
using RefIke.Wire;

namespace RefIke.Vectors;

/// <summary>
/// One whole exchange with every intermediate value, as a file under Exchanges has it: exchange.schema.json is its
/// schema, README.md says what each field is. Roles are those of phase 1 everywhere; names with an underscore are RFC
/// 2409's.
/// </summary>
internal sealed record VectorFile(
    string Name, string Source, string Shows, ImmutableArray<string> Flags, Inputs Inputs, Phase1Values Phase1,
    ImmutableArray<Datagram> Messages, ImmutableArray<QuickModeValues> QuickModes,
    ImmutableArray<InformationalValues> Informational)
{
    [JsonPropertyName("$schema")]
    [JsonPropertyOrder(-1)]
    public string Schema { get; init; } = "../exchange.schema.json";

    [JsonIgnore]
    public bool IsForeign => Flags.Contains("foreign");

    public Datagram Message(uint M_ID, int which) => Messages.Where(m => m.M_ID == M_ID).ElementAt(which - 1);

    public string Write() => JsonSerializer.Serialize(this, VectorJson.Options) + "\n";
}

/// <summary>All that goes in: what both sides were told, and the octets that they drew.</summary>
internal sealed record Inputs(
    Octets PreSharedKey, ulong Phase1LifeSeconds, ulong Phase2LifeSeconds, bool NatTraversal, Side Initiator,
    Side Responder, ImmutableArray<Order> Orders)
{
    public Side Of(Role role) => role == Role.Initiator ? Initiator : Responder;
}

/// <summary>One side's configuration and its random octets.</summary>
internal sealed record Side(
    string Address, Octets Identity, ImmutableArray<string> Suites, ImmutableArray<Child> Children,
    ImmutableArray<Draw> Random);

/// <summary>
/// Traffic to protect; own and peer are ID payload bodies, absent where the hosts themselves are meant.
/// </summary>
internal sealed record Child(string Name, Octets? Own, Octets? Peer, ImmutableArray<string> Suites);

/// <summary>
/// Random octets that a side asked for: what for, in which exchange (CKY-I/CKY-R/M-ID), and what it got.
/// </summary>
internal sealed record Draw(string Purpose, string Exchange, Octets Octets);

/// <summary>What an owner told its endpoint, and when: after how many messages, at which millisecond.</summary>
internal sealed record Order(
    int AfterMessage, long At, Role By, OrderKind Kind, string? Child = null,
    [property: JsonConverter(typeof(HexNumber))] uint? Spi = null);

internal enum OrderKind
{
    /// <summary>Bring this child up.</summary>
    Connect,

    /// <summary>Replace the pair with this inbound SPI.</summary>
    Rekey,

    /// <summary>End the pair with this inbound SPI and tell the peer.</summary>
    DeletePair,

    /// <summary>End the ISAKMP SA and tell the peer.</summary>
    DeleteIsakmp,
}

/// <summary>Phase 1's values. The private values are absent where nobody recorded them.</summary>
internal sealed record Phase1Values(
    string Suite, string Method, ulong LifeSeconds, Octets CKY_I, Octets CKY_R, Octets SAi_b, Octets? xi, Octets? xr,
    Octets g_xi, Octets g_xr, Octets g_xy, Octets Ni_b, Octets Nr_b,
    Octets SKEYID, Octets SKEYID_d, Octets SKEYID_a, Octets SKEYID_e, Octets Ka,
    Octets IDii_b, Octets HASH_I, Octets IDir_b, Octets HASH_R, Octets Iv, Octets LastBlock);

/// <summary>
/// A datagram as it crossed the wire; where it is encrypted, what it holds in clear and the IVs before and after it.
/// </summary>
internal sealed record Datagram(
    int Number, long At, Role From, ushort Port, ExchangeType Exchange,
    [property: JsonConverter(typeof(HexNumber))] uint M_ID, string Payloads,
    Octets? Iv, Octets? Clear, Octets? Padding, Octets? NextIv, [property: JsonPropertyName("datagram")] Octets Octets);

/// <summary>One Quick Mode's values; what comes with message 2 and after is absent where the peer refused.</summary>
internal sealed record QuickModeValues(
    [property: JsonConverter(typeof(HexNumber))] uint M_ID, Role From, string? Suite, ulong? LifeSeconds,
    Octets Ni_b, Octets? Nr_b, Octets? xi, Octets? xr, Octets? g_xi, Octets? g_xr, Octets? g_qm_xy,
    Octets? IDci_b, Octets? IDcr_b, Octets Iv, Octets HASH_1, Octets? HASH_2, Octets? HASH_3,
    Octets SPI_i, Octets? SPI_r, Octets? KEYMAT_i, Octets? KEYMAT_r);

/// <summary>One protected Informational message's values.</summary>
internal sealed record InformationalValues(
    [property: JsonConverter(typeof(HexNumber))] uint M_ID, Role From, Octets Iv, Octets HASH_1);
