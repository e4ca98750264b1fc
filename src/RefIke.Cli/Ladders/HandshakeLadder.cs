using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using RefIke.Wire;

namespace RefIke.Cli.Ladders;

/// <summary>A handshake drawn for a terminal or a slide, 100 columns wide at most but for long formulas.</summary>
internal static class HandshakeLadder
{
    private const int Arrow = 72;
    private const string Indent = "        ";

    public static string Draw(Handshake handshake, bool showKeys)
    {
        var text = new StringBuilder();
        Line(text, $"     {"Initiator",-63}Responder");
        Line(text, "     ──▶ in clear   ══▶ HDR*: all that follows the 28-octet header is encrypted under Ka");
        (ExchangeType, uint)? exchange = null;
        foreach (var message in handshake.Messages)
        {
            if (message.Opened is { Header: var header } && (header.ExchangeType, header.MessageId) != exchange)
            {
                exchange = (header.ExchangeType, header.MessageId);
                Line(text, "");
                Line(text, $"     {Title(header, handshake.Isakmp?.Method)}");
            }

            Line(text, Message(message));
            Payloads(text, message, showKeys);
            if (showKeys)
            {
                Keys(text, handshake.Keys.Where(k => k.After == message.Number), message == handshake.Messages[^1]);
            }
        }

        Line(text, "");
        Outcome(text, handshake);
        return text.ToString();
    }

    private static string Title(Header header, AuthenticationMethod? method) => header.ExchangeType switch
    {
        ExchangeType.MainMode => $"Main Mode, authenticated with {Authentication(method)}",
        ExchangeType.Aggressive => $"Aggressive Mode, authenticated with {Authentication(method)}",
        ExchangeType.QuickMode => $"Quick Mode (RFC 2409 §5.5), M-ID {header.MessageId:x8}",
        _ => $"{RegistryWords.Of(header.ExchangeType)}, M-ID {header.MessageId:x8}",
    };

    private static string Authentication(AuthenticationMethod? method) => method switch
    {
        AuthenticationMethod.PreSharedKey => "a pre-shared key (RFC 2409 §5.4)",
        AuthenticationMethod.RsaEncryption => "public key encryption (RFC 2409 §5.2)",
        AuthenticationMethod.RevisedRsaEncryption => "the revised mode of public key encryption (RFC 2409 §5.3)",
        null => "nothing yet",
        { } signing => $"{RegistryWords.Of(signing)} (RFC 2409 §5.1)",
    };

    private static string Message(HandshakeMessage message)
    {
        var encrypted = message.Opened is { Header.IsEncrypted: true };
        var shaft = new string(encrypted ? '═' : '─', Math.Max(2, Arrow - message.Line.Length - 2));
        var body = message.FromInitiator ? $"{message.Line} {shaft}▶" : $"◀{shaft} {message.Line}";
        return $"{message.Number,3}  {body} {message.Datagram.Length,5} octets";
    }

    private static void Payloads(StringBuilder text, HandshakeMessage message, bool showKeys)
    {
        foreach (var payload in message.Payloads)
        {
            var name = payload.Name;
            foreach (var line in payload.Content)
            {
                Line(text, $"{Indent}{name,-8}{line}");
                name = "";
            }

            if (showKeys && payload.Formula is { } formula)
            {
                Line(text, $"{Indent}{"",-8}= {formula}");
            }
        }

        if (showKeys && message.Opened?.Iv is { } iv)
        {
            Line(text, $"{Indent}{"IV",-8}{iv.Octets.ToHex()} = {iv.Formula}");
        }
    }

    private static void Keys(StringBuilder text, IEnumerable<HandshakeKey> keys, bool last)
    {
        ImmutableArray<string> formula = [];
        foreach (var key in keys)
        {
            Line(text, formula.IsEmpty ? "" : null);
            var again = formula.SequenceEqual(key.Formula);
            formula = key.Formula;
            Line(text, again ? $"{Indent}{key.Name}" : $"{Indent}{key.Name} = {formula[0]}");
            foreach (var more in again ? [] : formula.Skip(1))
            {
                Line(text, $"{Indent}    {more}");
            }

            foreach (var part in key.Value.Reveal().ToArray().Chunk(32))
            {
                Line(text, $"{Indent}    {Convert.ToHexStringLower(part)}");
            }
        }

        Line(text, formula.IsEmpty || last ? null : "");
    }

    private static void Outcome(StringBuilder text, Handshake handshake)
    {
        if (handshake.Isakmp is { Suite: { } suite } isakmp)
        {
            Line(text, $"ISAKMP SA  CKY-I {isakmp.CKY_I}, CKY-R {isakmp.CKY_R}: {suite.Name}, {suite.LifeSeconds} s");
        }

        if (handshake.Pair is { } pair)
        {
            Line(text, $"IPsec SAs  SPI {pair.PeerSpi:x8} to the responder, SPI {pair.Spi:x8} to the initiator:");
            var mode = RegistryWords.Of(pair.Suite.Mode);
            Line(text, $"           ESP {pair.Suite.Name}, {mode} mode, {pair.Suite.LifeSeconds} s");
        }

        Line(text, handshake.Held ? "Both ends hold the same KEYMAT." : "The ends did not agree.");
    }

    private static void Line(StringBuilder text, string? line)
    {
        if (line is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"{line.TrimEnd()}\n");
        }
    }
}
