using RefIke.Cli.CommandLine;
using RefIke.Exchanges.Negotiation;

namespace RefIke.Cli.Ladders;

/// <summary>
/// A handshake as the document that <c>docs/command-line.md</c> describes. Keys and IVs are in it only where the user
/// asked.
/// </summary>
internal static class HandshakeJson
{
    public static string Write(Handshake handshake, ulong seed, Phase1Suite phase1, EspSuite esp, bool showKeys)
        => JsonText.Document(new
        {
            Document = "refike handshake",
            Version = 1,
            Seed = seed,
            Phase1 = phase1.Name,
            Esp = esp.Name,
            handshake.Held,
            Messages = handshake.Messages.Select(m => Message(m, showKeys)),
            IsakmpSa = handshake.Isakmp is { Suite: { } suite } isakmp
                ? new { CkyI = $"{isakmp.CKY_I}", CkyR = $"{isakmp.CKY_R}", Suite = suite.Name, suite.LifeSeconds }
                : null,
            IpsecSas = handshake.Pair is { } pair
                ? new
                {
                    SpiToResponder = $"{pair.PeerSpi:x8}",
                    SpiToInitiator = $"{pair.Spi:x8}",
                    Suite = pair.Suite.Name,
                    Mode = RegistryWords.Of(pair.Suite.Mode),
                    pair.Suite.LifeSeconds,
                }
                : null,
            Keys = showKeys
                ? handshake.Keys.Select(k => new
                {
                    AfterMessage = k.After,
                    k.Name,
                    k.Formula,
                    Octets = Convert.ToHexStringLower(k.Value.Reveal()),
                })
                : null,
        });

    private static object Message(HandshakeMessage message, bool showKeys) => new
    {
        message.Number,
        From = message.FromInitiator ? "initiator" : "responder",
        Exchange = message.Opened is { } o ? RegistryWords.Of(o.Header.ExchangeType) : null,
        MessageId = message.Opened is { } h ? $"{h.Header.MessageId:x8}" : null,
        Encrypted = message.Opened?.Header.IsEncrypted,
        message.Line,
        Octets = message.Datagram.Length,
        message.Payloads,
        Iv = showKeys ? message.Opened?.Iv?.Octets.ToHex() : null,
        Datagram = message.Datagram.ToHex(),
    };
}
