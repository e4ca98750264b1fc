using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using RefIke.Wire;

namespace RefIke.Bench;

/// <summary>
/// A clear message of three payloads, the size of Main Mode's message 4 over modp2048: KE, Nr and a vendor id (RFC 2409
/// §5.4).
/// </summary>
[MemoryDiagnoser]
public class ParseBenchmarks
{
    private readonly Header header = new(
        new Cookie(0x0123456789abcdef), new Cookie(0xfedcba9876543210), PayloadType.None, 0x10, ExchangeType.MainMode,
        HeaderFlags.None, 0, 0);

    private ImmutableArray<Payload> payloads;
    private byte[] datagram = [];

    /// <summary>Makes the message; what each payload holds does not matter to a reader.</summary>
    [GlobalSetup]
    public void Make()
    {
        payloads =
        [
            new KeyExchangePayload(Octets(256)),
            new NoncePayload(Octets(32)),
            new VendorIdPayload(Octets(16)),
        ];
        datagram = MessageWriter.Write(header, payloads);
        if (Walk() != 256 + 32 + 16)
        {
            throw new InvalidOperationException("the message is not what is to be measured");
        }
    }

    /// <summary>
    /// Header and payload chain, each field checked, nothing copied: what an endpoint spends before it knows more.
    /// </summary>
    [Benchmark(Baseline = true)]
    public int Walk()
    {
        ReadOnlySpan<byte> octets = datagram;
        if (!Header.TryRead(octets, out var read, out _))
        {
            return -1;
        }

        var reader = new IsakmpReader(read.NextPayload, octets[Header.Size..(int)read.Length], Header.Size);
        var sum = 0;
        Malformed? malformed;
        while (reader.TryNext(out malformed))
        {
            sum += reader.Body.Length;
        }

        return malformed is null ? sum : -1;
    }

    /// <summary>The whole message as records, bodies still views of the datagram.</summary>
    [Benchmark]
    public Message? Read() => MessageReader.TryRead(datagram, out var message, out _) ? message : null;

    /// <summary>The records back into octets.</summary>
    [Benchmark]
    public byte[] Write() => MessageWriter.Write(header, payloads);

    private static byte[] Octets(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)(i * 37 % 251))];
}
