using System.Collections.Immutable;
using RefIke.Crypto;
using RefIke.Engine;
using RefIke.Exchanges.Phase1;
using RefIke.Wire;

namespace RefIke.Cli.Ladders;

/// <summary>
/// A Main Mode and a Quick Mode as they happened between two endpoints: what the ladder draws and the JSON says.
/// </summary>
/// <param name="Isakmp">The initiator's ISAKMP SA; null where it did not come up.</param>
/// <param name="Pair">The initiator's pair of IPsec SAs.</param>
/// <param name="Held">Whether both ends hold the same KEYMAT for the same SPIs.</param>
internal sealed record Handshake(
    ImmutableArray<HandshakeMessage> Messages, ImmutableArray<HandshakeKey> Keys, Phase1State? Isakmp, IpsecPair? Pair,
    bool Held);

/// <summary>One message.</summary>
/// <param name="Number">From 1, over all exchanges.</param>
/// <param name="Opened">Null where it could not be opened.</param>
internal sealed record HandshakeMessage(
    int Number, bool FromInitiator, Octets Datagram, OpenedMessage? Opened, ImmutableArray<HandshakePayload> Payloads)
{
    /// <summary>As the RFC writes it: <c>HDR*, HASH(1), SA, Ni</c>.</summary>
    public string Line
        => Opened is null
            ? "?"
            : $"{(Opened.Header.IsEncrypted ? "HDR*" : "HDR")}, {string.Join(", ", Payloads.Select(p => p.Name))}";
}

/// <summary>One payload.</summary>
/// <param name="Octets">Of its body, without the generic header.</param>
/// <param name="Formula">How RFC 2409 makes it, for a HASH.</param>
internal sealed record HandshakePayload(string Name, int Octets, ImmutableArray<string> Content, string? Formula);

/// <summary>A key of the initiator's.</summary>
/// <param name="After">The message after which it is known.</param>
/// <param name="Formula">How RFC 2409 makes it, in one or more lines.</param>
internal sealed record HandshakeKey(int After, string Name, ImmutableArray<string> Formula, Secret Value);
