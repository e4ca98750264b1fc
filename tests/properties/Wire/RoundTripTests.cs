using FsCheck.Xunit;
using RefIke.Properties.Wire.Generators;
using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.Wire;

/// <summary>
/// Writer and reader are inverse on well-formed messages (RFC 2408 §3), headers, clear chains and encrypted messages.
/// </summary>
[Properties(Arbitrary = [typeof(WireArbitraries)], MaxTest = 1000)]
public sealed class RoundTripTests
{
    /// <summary>read(write(m)) = m, every field of every payload.</summary>
    [Property]
    public void WhatIsWrittenIsReadBack(Message message)
        => Assert.Equal(message, Read(MessageWriter.Write(message.Header, message.Payloads)));

    /// <summary>write(read(bytes)) = bytes, from the bodies as received.</summary>
    [Property]
    public void WhatIsReadIsWrittenBack(Message message)
    {
        var datagram = MessageWriter.Write(message.Header, message.Payloads);
        var read = Read(datagram);
        Assert.Equal(datagram, MessageWriter.Write(read.Header, read.Payloads));
    }

    /// <summary>write(read(bytes)) = bytes from the fields alone: they hold all that the octets said.</summary>
    [Property]
    public void FieldsAloneGiveTheSameOctets(Message message)
    {
        var datagram = MessageWriter.Write(message.Header, message.Payloads);
        var read = Read(datagram);
        Assert.Equal(datagram, MessageWriter.Write(read.Header, [.. read.Payloads.Select(p => p with { })]));
    }

    /// <summary>RFC 2408 §3.1: a header is its 28 octets.</summary>
    [Property]
    public void HeaderIsReadBack(Header header)
    {
        var octets = new byte[Header.Size];
        header.Write(octets);
        Assert.True(Header.TryRead(octets, out var read, out var malformed), malformed?.ToString());
        Assert.Equal(header, read);
    }

    /// <summary>
    /// RFC 2408 §3.1: an encrypted message shows its first payload's type, its length and nothing else.
    /// </summary>
    [Property]
    public void EncryptedMessageKeepsItsCiphertext(Message message, byte[] ciphertext)
    {
        var header = message.Header with { Flags = HeaderFlags.Encryption };
        var datagram = MessageWriter.WriteEncrypted(header, message.Header.NextPayload, ciphertext);
        Assert.True(Header.TryRead(datagram, out var read, out var malformed), malformed?.ToString());
        Assert.Equal(header with { Length = (uint)datagram.Length }, read);
        Assert.Equal(ciphertext, datagram[Header.Size..]);
    }

    /// <summary>RFC 2409 App. B: a decrypted chain ends before its padding, whatever the padding holds.</summary>
    [Property]
    public void ChainEndsBeforeItsPadding(Message message, byte[] padding)
    {
        var chain = MessageWriter.WritePayloads(message.Payloads);
        Assert.True(MessageReader.TryReadPayloads(
            message.Header.NextPayload, (byte[])[.. chain, .. padding], Header.Size,
            out var payloads, out var consumed, out var malformed), malformed?.ToString());
        Assert.Equal(chain.Length, consumed);
        Assert.Equal(message.Payloads, payloads);
    }

    /// <summary>
    /// RFC 2409 §5: HASH covers a body as it was received, a changed copy is another payload with a body of its own.
    /// </summary>
    [Fact]
    public void ChangedCopyIsEncodedAnew()
    {
        var received = Raw.Only<VendorIdPayload>(Raw.Clear(PayloadType.VendorId, Raw.Payload(0, "0102")));
        Assert.Equal((Octets)new byte[] { 3 }, (received with { Data = new byte[] { 3 } }).Body);
        Assert.Equal((Octets)new byte[] { 1, 2 }, received.Body);
    }

    internal static Message Read(byte[] datagram)
    {
        Assert.True(MessageReader.TryRead(datagram, out var message, out var malformed), malformed?.ToString());
        return message!;
    }
}
