using System.Text.RegularExpressions;
using RefIke.Wire;

namespace RefIke.Cli.Ladders;

/// <summary>Numbers of the registries as the RFCs write them; a number without a name stays a number.</summary>
internal static partial class RegistryWords
{
    public static string Of(Protocol value) => value switch
    {
        Protocol.Isakmp => "PROTO_ISAKMP",
        Protocol.Ah => "PROTO_IPSEC_AH",
        Protocol.Esp => "PROTO_IPSEC_ESP",
        Protocol.Ipcomp => "PROTO_IPCOMP",
        _ => $"protocol {(byte)value}",
    };

    /// <summary>A transform id; which registry it is of depends on the protocol (RFC 2407 §4.4.2 to §4.4.5).</summary>
    public static string Transform(Protocol protocol, byte id) => (protocol, id) switch
    {
        (Protocol.Isakmp, (byte)IsakmpTransform.KeyIke) => "KEY_IKE",
        (Protocol.Esp, (byte)EspTransform.DesIv64) => "ESP_DES_IV64",
        (Protocol.Esp, (byte)EspTransform.Des) => "ESP_DES",
        (Protocol.Esp, (byte)EspTransform.TripleDes) => "ESP_3DES",
        (Protocol.Esp, (byte)EspTransform.Rc5) => "ESP_RC5",
        (Protocol.Esp, (byte)EspTransform.Idea) => "ESP_IDEA",
        (Protocol.Esp, (byte)EspTransform.Cast) => "ESP_CAST",
        (Protocol.Esp, (byte)EspTransform.Blowfish) => "ESP_BLOWFISH",
        (Protocol.Esp, (byte)EspTransform.DesIv32) => "ESP_DES_IV32",
        (Protocol.Esp, (byte)EspTransform.Null) => "ESP_NULL",
        (Protocol.Esp, (byte)EspTransform.AesCbc) => "ESP_AES",
        (Protocol.Esp, (byte)EspTransform.CamelliaCbc) => "ESP_CAMELLIA",
        _ => $"transform id {id}",
    };

    public static string Of(EncryptionAlgorithm value) => value switch
    {
        EncryptionAlgorithm.DesCbc => "DES-CBC",
        EncryptionAlgorithm.IdeaCbc => "IDEA-CBC",
        EncryptionAlgorithm.BlowfishCbc => "Blowfish-CBC",
        EncryptionAlgorithm.Rc5R16B64Cbc => "RC5-R16-B64-CBC",
        EncryptionAlgorithm.TripleDesCbc => "3DES-CBC",
        EncryptionAlgorithm.CastCbc => "CAST-CBC",
        EncryptionAlgorithm.AesCbc => "AES-CBC",
        EncryptionAlgorithm.CamelliaCbc => "CAMELLIA-CBC",
        _ => $"cipher {(ushort)value}",
    };

    public static string Of(HashAlgorithm value) => value switch
    {
        HashAlgorithm.Md5 => "MD5",
        HashAlgorithm.Sha => "SHA",
        HashAlgorithm.Tiger => "Tiger",
        HashAlgorithm.Sha256 => "SHA2-256",
        HashAlgorithm.Sha384 => "SHA2-384",
        HashAlgorithm.Sha512 => "SHA2-512",
        _ => $"hash {(ushort)value}",
    };

    public static string Of(AuthenticationMethod value) => value switch
    {
        AuthenticationMethod.PreSharedKey => "pre-shared key",
        AuthenticationMethod.DssSignatures => "DSS signatures",
        AuthenticationMethod.RsaSignatures => "RSA signatures",
        AuthenticationMethod.RsaEncryption => "encryption with RSA",
        AuthenticationMethod.RevisedRsaEncryption => "revised encryption with RSA",
        AuthenticationMethod.EcdsaP256 => "ECDSA with P-256",
        AuthenticationMethod.EcdsaP384 => "ECDSA with P-384",
        AuthenticationMethod.EcdsaP521 => "ECDSA with P-521",
        _ => $"authentication method {(ushort)value}",
    };

    public static string Of(AuthenticationAlgorithm value) => value switch
    {
        AuthenticationAlgorithm.HmacMd5 => "HMAC-MD5",
        AuthenticationAlgorithm.HmacSha => "HMAC-SHA",
        AuthenticationAlgorithm.DesMac => "DES-MAC",
        AuthenticationAlgorithm.AesXcbcMac => "AES-XCBC-MAC",
        AuthenticationAlgorithm.HmacSha256 => "HMAC-SHA2-256",
        AuthenticationAlgorithm.HmacSha384 => "HMAC-SHA2-384",
        AuthenticationAlgorithm.HmacSha512 => "HMAC-SHA2-512",
        _ => $"authentication algorithm {(ushort)value}",
    };

    public static string Of(EncapsulationMode value) => value switch
    {
        EncapsulationMode.Tunnel => "Tunnel",
        EncapsulationMode.Transport => "Transport",
        EncapsulationMode.UdpEncapsulatedTunnel => "UDP-Encapsulated-Tunnel",
        EncapsulationMode.UdpEncapsulatedTransport => "UDP-Encapsulated-Transport",
        _ => $"encapsulation mode {(ushort)value}",
    };

    public static string Of(IdentificationType value) => value switch
    {
        IdentificationType.Ipv4Address => "ID_IPV4_ADDR",
        IdentificationType.Fqdn => "ID_FQDN",
        IdentificationType.UserFqdn => "ID_USER_FQDN",
        IdentificationType.Ipv4Subnet => "ID_IPV4_ADDR_SUBNET",
        IdentificationType.Ipv6Address => "ID_IPV6_ADDR",
        IdentificationType.Ipv6Subnet => "ID_IPV6_ADDR_SUBNET",
        IdentificationType.Ipv4Range => "ID_IPV4_ADDR_RANGE",
        IdentificationType.Ipv6Range => "ID_IPV6_ADDR_RANGE",
        _ => $"ID type {(byte)value}",
    };

    /// <summary>As RFC 2408 §3.14.1 writes it: <c>NO-PROPOSAL-CHOSEN</c>.</summary>
    public static string Of(NotifyType value) => value switch
    {
        NotifyType.RUThere => "R-U-THERE",
        NotifyType.RUThereAck => "R-U-THERE-ACK",
        _ when Enum.IsDefined(value) => Words().Replace($"{value}", "-").ToUpperInvariant(),
        _ => $"notify {(ushort)value}",
    };

    public static string Of(LifeType value) => value switch
    {
        LifeType.Seconds => "s",
        LifeType.Kilobytes => "kB",
        _ => $"of life type {(ushort)value}",
    };

    public static string Of(ExchangeType value) => value switch
    {
        ExchangeType.MainMode => "Main Mode",
        ExchangeType.QuickMode => "Quick Mode",
        ExchangeType.Informational => "Informational",
        _ => $"exchange type {(byte)value}",
    };

    [GeneratedRegex("(?<=[a-z])(?=[A-Z])")]
    private static partial Regex Words();
}
