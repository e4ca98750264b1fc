using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.Wire;

/// <summary>RFC 2409 §5.2, §5.3: a body that is encrypted under a clear generic header, and what is read once it is open.</summary>
public sealed class EncryptedBodyTests
{
    private static readonly string Body = $"01000000 {Raw.Fill(4)}";

    /// <summary>A body of the kinds named is kept as it came, though it says nothing that its kind allows; the others are read.</summary>
    [Fact]
    [Clause("2409-5.2-01")]
    public void BodyOfANamedKindIsNotRead()
    {
        var datagram = Raw.Clear(PayloadType.Identification,
            Raw.Payload(10, Raw.Fill(3)) + Raw.Payload(13, Raw.Fill(7)) + Raw.Payload(0, "aa"));
        Assert.True(MessageReader.TryRead(datagram, [PayloadType.Identification, PayloadType.Nonce], out var message, out _));
        Assert.Equal(
            [
                new EncryptedBodyPayload(PayloadType.Identification, Octets.FromHex(Raw.Fill(3))),
                new EncryptedBodyPayload(PayloadType.Nonce, Octets.FromHex(Raw.Fill(7))),
                new VendorIdPayload(Octets.FromHex("aa")),
            ],
            message!.Payloads);
        Assert.Equal(datagram, MessageWriter.Write(message.Header, message.Payloads));
        Assert.False(MessageReader.TryRead(datagram, [PayloadType.Identification], out _, out var malformed));
        Assert.Equal(Defect.NonceData, malformed?.Defect);
    }

    /// <summary>Open, it is the payload of its kind with the body as it was decrypted; a body that its kind refuses is none.</summary>
    [Fact]
    [Clause("2409-5.2-01")]
    public void OpenBodyIsReadAsItsKind()
    {
        var body = Raw.Hex(Body);
        var open = Assert.IsType<IdentificationPayload>(EncryptedBodyPayload.Open(PayloadType.Identification, body));
        Assert.Equal(new IdentificationPayload(IdentificationType.Ipv4Address, 0, 0, Octets.FromHex(Raw.Fill(4))), open);
        Assert.Equal((Octets)body, open.Body);
        Assert.Null(EncryptedBodyPayload.Open(PayloadType.Identification, body.AsMemory(0, 7)));
    }
}
