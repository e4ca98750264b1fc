using System.Security.Cryptography;
using FsCheck.Xunit;
using RefIke.Crypto;
using RefIke.Crypto.PublicKeyEncryption;
using RefIke.Wire;
using Xunit;
using static RefIke.Properties.Crypto.Octets;
using ClauseAttribute = RefIke.Wire.ClauseAttribute;

namespace RefIke.Properties.Crypto.PublicKeyEncryption;

/// <summary>
/// The revised mode (RFC 2409 §5.3): ephemeral keys, chained payloads, padding that counts itself out.
/// </summary>
public sealed class RevisedModeTests
{
    private static readonly RevisedKeySchedule Schedule = RevisedKeySchedule.Rfc2409;

    /// <summary>
    /// RFC 2409 §5.3, transcribed with the platform's HMAC: Ne_i = prf(Ni_b, CKY-I); Ke_i is its first octets, or of K1
    /// | K2 | … with K1 = prf(Ne_i, 0), K2 = prf(Ne_i, K1) where it is too short: AES-256 with 16 and 20 octets of prf,
    /// 3DES with 16 and 20 (M-79).
    /// </summary>
    [Fact]
    [Clause("2409-5.3-03")]
    public void KeysAreThoseOfTheFormulas()
    {
        (Prf Prf, Func<byte[], byte[], byte[]> Hmac)[] prfs =
            [(Prf.HmacMd5, HMACMD5.HashData), (Prf.HmacSha1, HMACSHA1.HashData), (Prf.HmacSha256, HMACSHA256.HashData),
                (Prf.HmacSha512, HMACSHA512.HashData)];
        byte[] Ni_b = Some(24, 1), Nr_b = Some(16, 2), CKY_I = Some(8, 3), CKY_R = Some(8, 4);
        foreach (var (prf, hmac) in prfs)
        {
            var (Ne_i, Ne_r) = (hmac(Ni_b, CKY_I), hmac(Nr_b, CKY_R));
            Assert.Equal(Secret.Of(Ne_i), Schedule.Ne_i(prf, Secret.Of(Ni_b), CKY_I));
            Assert.Equal(Secret.Of(Ne_r), Schedule.Ne_r(prf, Secret.Of(Nr_b), CKY_R));
            foreach (var cipher in (Cipher[])[Cipher.TripleDes, Cipher.Aes128, Cipher.Aes192, Cipher.Aes256])
            {
                Assert.Equal(Secret.Of(Ke(Ne_i, cipher.KeyLength)), Schedule.Ke_i(prf, Secret.Of(Ne_i), cipher));
                Assert.Equal(Secret.Of(Ke(Ne_r, cipher.KeyLength)), Schedule.Ke_r(prf, Secret.Of(Ne_r), cipher));
            }

            byte[] Ke(byte[] Ne, int length)
            {
                byte[] K1 = hmac(Ne, [0]), K2 = hmac(Ne, K1), K3 = hmac(Ne, K2);
                return Ne.Length >= length ? Ne[..length] : ((byte[])[.. K1, .. K2, .. K3])[..length];
            }
        }
    }

    /// <summary>
    /// RFC 2409 §5.3: IV of zeros for the first payload, then the last ciphertext block before it. So the ciphertexts
    /// one after the other are one CBC run over the padded bodies, here by the platform's AES.
    /// </summary>
    [Fact]
    [Clause("2409-5.3-05")]
    public void PayloadsAreOneCbcRunFromAnIvOfZeros()
    {
        byte[][] bodies = [Some(128, 1), Some(15, 2), Some(16, 3), [], Some(9, 4)];
        using var aes = Aes.Create();
        aes.Key = Some(16, 5);
        byte[] padded = [.. bodies.SelectMany(Padded)];
        var expected = aes.EncryptCbc(padded, new byte[16], PaddingMode.None);

        var state = new PayloadCipher(Cipher.Aes128, Secret.Of(Some(16, 5)));
        var ciphertext = new List<byte>();
        foreach (var body in bodies)
        {
            ciphertext.AddRange(state.Encrypt(body, out state));
        }

        Assert.Equal(expected, ciphertext);

        static byte[] Padded(byte[] body)
        {
            var zeros = 15 - (body.Length % 16);
            return [.. body, .. new byte[zeros], (byte)zeros];
        }
    }

    /// <summary>
    /// RFC 2409 §5.3: there is always padding; it is zeros and then their number, so a body of whole blocks gets one
    /// more.
    /// </summary>
    [Property]
    public bool BodiesComeBackAndAlwaysGrow(byte[] first, byte[] second, bool aes)
    {
        var (cipher, Ke) = aes ? (Cipher.Aes256, Secret.Of(Some(32))) : (Cipher.TripleDes, Secret.Of(Some(24)));
        var sender = new PayloadCipher(cipher, Ke);
        var one = sender.Encrypt(first, out var afterOne);
        var two = afterOne.Encrypt(second, out _);
        return one.Length == ((first.Length / cipher.BlockLength) + 1) * cipher.BlockLength
            && new PayloadCipher(cipher, Ke).TryDecrypt(one, out var firstBack, out var next, out _)
                && firstBack.SequenceEqual(first)
            && next.TryDecrypt(two, out var secondBack, out _, out _) && secondBack.SequenceEqual(second);
    }

    /// <summary>
    /// M-79: the second payload begun with zeros again is another ciphertext and does not open where it should.
    /// </summary>
    [Fact]
    public void TheSecondPayloadIsChainedToTheFirst()
    {
        var start = new PayloadCipher(Cipher.Aes128, Secret.Of(Some(16)));
        _ = start.Encrypt(Some(32), out var afterFirst);
        Assert.NotEqual(start.Encrypt(Some(20), out _), afterFirst.Encrypt(Some(20), out _));
        Assert.Equal(start.Encrypt(Some(20), out _), start.Encrypt(Some(20), out _));
    }

    /// <summary>
    /// D-113: the count must be less than a block; the ciphertext must be whole blocks. The notify is
    /// PAYLOAD-MALFORMED.
    /// </summary>
    [Fact]
    [Clause("2409-5.3-06")]
    public void PaddingIsCountedWithinABlock()
    {
        using var aes = Aes.Create();
        aes.Key = Some(16);
        var receiver = new PayloadCipher(Cipher.Aes128, Secret.Of(Some(16)));
        for (var count = 0; count < 256; count++)
        {
            var ciphertext = aes.EncryptCbc((byte[])[.. Some(31), (byte)count], new byte[16], PaddingMode.None);
            var opened = receiver.TryDecrypt(ciphertext, out var body, out _, out var fault);
            Assert.Equal(count < 16, opened);
            Assert.Equal(count < 16 ? 31 - count : null, body?.Length);
            Assert.Equal(count < 16 ? null : new CryptoFault.PayloadPadding(count), fault);
        }

        foreach (var length in (int[])[0, 1, 15, 17, 33])
        {
            Assert.False(receiver.TryDecrypt(new byte[length], out _, out _, out var fault));
            Assert.Equal(FaultNotify.PayloadMalformed, Assert.IsType<CryptoFault.NotWholeBlocks>(fault).Notify);
        }
    }

    /// <summary>No octets throw.</summary>
    [Property]
    public bool RandomOctetsAreDecryptedWithoutAnException(byte[] octets)
        => new PayloadCipher(Cipher.Des, Secret.Of(Some(8)))
            .TryDecrypt(octets, out var body, out _, out var fault) == (fault is null)
            && (body is null) == (fault is not null);
}
