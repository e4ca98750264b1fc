namespace RefIke.Wire;

/// <summary>Values of XAUTH-TYPE (draft-beaulieu-ike-xauth-02 §6.3).</summary>
public enum XauthType : ushort
{
    /// <summary>Generic (draft-beaulieu-ike-xauth-02 §6.3).</summary>
    Generic = 0,

    /// <summary>RADIUS-CHAP (draft-beaulieu-ike-xauth-02 §6.3).</summary>
    RadiusChap = 1,

    /// <summary>OTP (draft-beaulieu-ike-xauth-02 §6.3).</summary>
    Otp = 2,

    /// <summary>S/KEY (draft-beaulieu-ike-xauth-02 §6.3).</summary>
    SKey = 3,
}
