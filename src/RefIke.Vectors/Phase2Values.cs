using System.Collections.Immutable;
using System.Text.Json.Serialization;
using RefIke.Exchanges;
using RefIke.Wire;

namespace RefIke.Vectors;

/// <summary>One Quick Mode's values; what comes with message 2 and after is absent where the peer refused.</summary>
/// <param name="HASH_4">Of CONNECTED, where the Commit bit was set.</param>
/// <param name="Sas">For each SA payload the protocols that it agreed on; of a refused one the first proposal.</param>
internal sealed record QuickModeValues(
    [property: JsonConverter(typeof(HexNumber))] uint M_ID, Role From,
    Octets Ni_b, Octets? Nr_b, string? Group, Octets? xi, Octets? xr, Octets? g_xi, Octets? g_xr, Octets? g_qm_xy,
    Octets? IDci_b, Octets? IDcr_b, Octets Iv, Octets HASH_1, Octets? HASH_2, Octets? HASH_3, Octets? HASH_4,
    ImmutableArray<ImmutableArray<ProtocolValues>> Sas)
{
    [JsonIgnore]
    public IEnumerable<ProtocolValues> Protocols => Sas.SelectMany(s => s);
}

/// <summary>Two SAs of one protocol. KEYMAT_i is for what is sent to the side that started the Quick Mode.</summary>
internal sealed record ProtocolValues(
    Protocol Protocol, string? Suite, EncapsulationMode? Mode, ulong? LifeSeconds, ulong? LifeKilobytes,
    Octets SPI_i, Octets? SPI_r, Octets? KEYMAT_i, Octets? KEYMAT_r)
{
    /// <summary>Sequence numbers have 64 bits.</summary>
    public bool? ExtendedSequenceNumbers { get; init; }
}

/// <summary>One protected Informational message's values.</summary>
internal sealed record InformationalValues(
    [property: JsonConverter(typeof(HexNumber))] uint M_ID, Role From, Octets Iv, Octets HASH_1);

/// <summary>One Transaction exchange (Mode Config, XAUTH).</summary>
internal sealed record TransactionValues(
    [property: JsonConverter(typeof(HexNumber))] uint M_ID, Role From, Octets Iv,
    ImmutableArray<TransactionMessage> Messages);

/// <summary>One message of it; its HASH is made as HASH(1) is.</summary>
internal sealed record TransactionMessage(ConfigurationMessage Type, int Identifier, Octets HASH);

/// <summary>One New Group Mode; HASH(2) is made as HASH(1) is (RFC 2409 §5.6).</summary>
internal sealed record NewGroupValues(
    [property: JsonConverter(typeof(HexNumber))] uint M_ID, Role From, int Number, Octets Iv, Octets HASH_1,
    Octets HASH_2);
